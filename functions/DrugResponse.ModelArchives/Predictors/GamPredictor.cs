using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>A generalized additive model: an intercept plus, per feature, the effect of the bin its value falls into.</summary>
/// <remarks>
/// <para>
/// Source: ML.NET <c>src/Microsoft.ML.FastTree/GamModelParameters.cs</c>. Body: i32 shape functions S; i32 features; f64
/// intercept; S times f64[] effects (counted); S times f64[] upper bounds (as many); i32 map entries, each i32 feature, i32 shape function.
/// </para>
/// <para>
/// A value belongs to the first bin whose upper bound is not below it; NaN belongs to bin 0. Sums are in Double. A dense row:
/// intercept, then the effects by feature. A sparse row: intercept, then the sum of the effects of 0 by shape function, then
/// for each explicit feature its effect less that of 0.
/// </para>
/// </remarks>
internal sealed class GamPredictor : AdditivePredictor
{
    public static readonly ComponentFormat BinaryFormat = new("BinaryClassGamPredictor", "GAM BINP", (1, 2), (1, 2), (1, 1), ComponentFormat.FastTreeAssembly);
    public static readonly ComponentFormat RegressionFormat = new("RegressionGamPredictor", "GAM REGP", (1, 2), (1, 2), (1, 1), ComponentFormat.FastTreeAssembly);

    private readonly double[] _bounds;
    private readonly double[] _effects;
    private readonly ShapeFunction[] _byFeature;
    private readonly int[] _features;
    private readonly double _sumAtZero;

    public GamPredictor(ComponentIdentity identity, double intercept, double[][] effects, double[][] bounds, (int Feature, int Shape)[] map, int featureCount)
        : base(identity)
    {
        Intercept = intercept;
        FeatureCount = featureCount;
        _bounds = Join(bounds);
        _effects = Join(effects);
        _byFeature = new ShapeFunction[featureCount];

        var starts = new int[effects.Length];
        for (var shape = 1; shape < starts.Length; shape++)
            starts[shape] = starts[shape - 1] + effects[shape - 1].Length;

        foreach (var (feature, shape) in map)
            _byFeature[feature] = new ShapeFunction(starts[shape], effects[shape].Length, 0);

        for (var feature = 0; feature < featureCount; feature++)
        {
            if (_byFeature[feature] is { Length: > 0 } function)
                _byFeature[feature] = function with { AtZero = _effects[function.Start + Bin(function, 0)] };
        }

        _features = Enumerable.Range(0, featureCount).Where(feature => _byFeature[feature].Length > 0).ToArray();
        _sumAtZero = SumAtZero(starts, effects);
    }

    public override int? FeatureCount { get; }

    public override bool FormMatters => true;

    public override bool ToleratesMissing => true;

    public override double Intercept { get; }

    public static Predictor ReadBinary(ModelStream stream) => CalibratedPredictor.WithCalibratorBeside(stream, Read(stream));

    public static Predictor ReadRegression(ModelStream stream) => Read(stream);

    public override float Score(FeatureVector features)
    {
        var values = features.Values;
        var sum = Intercept;

        if (features.IsDense)
        {
            foreach (var feature in _features)
                sum += Term(feature, values[feature]);

            return (float)sum;
        }

        sum += _sumAtZero;
        foreach (var feature in features.ExplicitSlots)
        {
            if (_byFeature[feature].Length > 0)
                sum += Term(feature, values[feature]) - _byFeature[feature].AtZero;
        }

        return (float)sum;
    }

    public override double Term(int feature, float value)
    {
        var function = _byFeature[feature];

        return function.Length == 0 ? 0 : _effects[function.Start + Bin(function, value)];
    }

    public override void MarkUsed(Span<bool> used)
    {
        foreach (var feature in _features)
        {
            var effects = _effects.AsSpan(_byFeature[feature].Start, _byFeature[feature].Length);
            used[feature] = effects.ContainsAnyExcept(effects[0]);
        }
    }

    /// <summary>The bounds and effects of a feature's shape function; empty if it has none.</summary>
    public (double[] Bounds, double[] Effects) Shape(int feature)
    {
        var function = _byFeature[feature];

        return (_bounds.AsSpan(function.Start, function.Length).ToArray(), _effects.AsSpan(function.Start, function.Length).ToArray());
    }

    private static double[] Join(double[][] parts)
    {
        var joined = new double[parts.Sum(part => part.Length)];
        var position = 0;

        foreach (var part in parts)
        {
            part.CopyTo(joined, position);
            position += part.Length;
        }

        return joined;
    }

    private static GamPredictor Read(ModelStream stream)
    {
        var body = stream.Body;
        var shapes = body.Count(12, "shape functions", footprint: 100);
        var features = body.Int32("the number of features");
        var intercept = body.Double("the intercept");
        var effects = new double[shapes][];
        var bounds = new double[shapes][];

        if (features < 0)
            throw body.MalformedAt(ModelHeader.Size + 4, "a number of features from 0", EntryReader.Text(features));
        body.Budget.Take(body.Entry, ModelHeader.Size + 4, 16L * features);

        for (var shape = 0; shape < shapes; shape++)
        {
            var start = body.Position;
            effects[shape] = body.CountedDoubles("bin effects");
            if (effects[shape].Length == 0)
                throw body.MalformedAt(start, "at least one bin", "none");
        }

        for (var shape = 0; shape < shapes; shape++)
            bounds[shape] = ReadBounds(body, effects[shape].Length);

        return new GamPredictor(stream.Identity, intercept, effects, bounds, ReadMap(body, features, shapes), features);
    }

    private static double[] ReadBounds(EntryReader body, int count)
    {
        var start = body.Position;
        var bounds = body.Doubles(count, "bin upper bounds");

        for (var bin = 0; bin < count; bin++)
        {
            if (double.IsNaN(bounds[bin]) || (bin > 0 && bounds[bin] <= bounds[bin - 1]))
                throw body.MalformedAt(start + (8 * bin), "ascending upper bounds", $"{bounds[bin]}");
        }

        if (bounds[^1] < 0)
            throw body.MalformedAt(start, "a last upper bound from 0, for features that are not explicit", $"{bounds[^1]}");

        return bounds;
    }

    private static (int Feature, int Shape)[] ReadMap(EntryReader body, int features, int shapes)
    {
        var map = new (int Feature, int Shape)[body.Count(8, "map entries", footprint: 32)];
        var mapped = new HashSet<int>();

        for (var index = 0; index < map.Length; index++)
        {
            var start = body.Position;
            map[index] = (body.Int32("a feature"), body.Int32("a shape function"));

            if ((uint)map[index].Feature >= (uint)features || (uint)map[index].Shape >= (uint)shapes || !mapped.Add(map[index].Feature))
            {
                throw body.MalformedAt(
                    start, $"a feature below {features}, once, and a shape function below {shapes}", $"feature {map[index].Feature}, shape function {map[index].Shape}");
            }
        }

        return map;
    }

    private double SumAtZero(int[] starts, double[][] effects)
    {
        var sum = 0.0;
        for (var shape = 0; shape < effects.Length; shape++)
            sum += effects[shape][Bin(new ShapeFunction(starts[shape], effects[shape].Length, 0), 0)];

        return sum;
    }

    private int Bin(ShapeFunction function, double value)
    {
        var bounds = _bounds.AsSpan(function.Start, function.Length);
        if (double.IsNaN(value))
            return 0;

        var low = 0;
        var high = bounds.Length;

        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            if (bounds[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        if (low == bounds.Length)
            throw new ModelInputException($"The value {value} is above the last bin bound {bounds[^1]} of a shape function.");

        return low;
    }

    private readonly record struct ShapeFunction(int Start, int Length, double AtZero);
}
