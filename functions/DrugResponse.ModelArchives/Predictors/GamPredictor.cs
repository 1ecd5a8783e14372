using System.Buffers;
using System.Runtime.Intrinsics;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors.Ranks;
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

    private const int MostFeaturesOnStack = 256;

    private readonly double[] _bounds;
    private readonly double[] _effects;
    private readonly Shape[] _shapes;
    private readonly int[] _shapeOfFeature;
    private readonly RankTable _bins;
    private readonly double _sumAtZero;

    public GamPredictor(ComponentIdentity identity, double intercept, double[][] effects, double[][] bounds, (int Feature, int Shape)[] map, int featureCount)
        : base(identity)
    {
        Intercept = intercept;
        FeatureCount = featureCount;
        _bounds = Join(bounds);
        _effects = Join(effects);

        var starts = new int[effects.Length];
        for (var shape = 1; shape < starts.Length; shape++)
            starts[shape] = starts[shape - 1] + effects[shape - 1].Length;

        _shapes = [.. map.OrderBy(item => item.Feature).Select(item => new Shape(item.Feature, starts[item.Shape], effects[item.Shape].Length, AtZero(effects[item.Shape], bounds[item.Shape])))];
        _shapeOfFeature = new int[featureCount];
        Array.Fill(_shapeOfFeature, -1);
        for (var shape = 0; shape < _shapes.Length; shape++)
            _shapeOfFeature[_shapes[shape].Feature] = shape;

        _bins = new RankTable(Array.ConvertAll(_shapes, shape => Array.ConvertAll(_bounds[shape.Start..(shape.Start + shape.Length)], BoundKey)));
        _sumAtZero = effects.Zip(bounds).Aggregate(0.0, (sum, shape) => sum + AtZero(shape.First, shape.Second));
    }

    public override int? FeatureCount { get; }

    public override bool FormMatters => true;

    public override bool ToleratesMissing => true;

    public override double Intercept { get; }

    public static Predictor ReadBinary(ModelStream stream) => CalibratedPredictor.WithCalibratorBeside(stream, Read(stream));

    public static Predictor ReadRegression(ModelStream stream) => Read(stream);

    public override float Score(FeatureVector features) => features.IsDense ? DenseScore(features.Values) : SparseScore(features);

    public override bool ScoresBlocks(bool hasBuiltForm) => !hasBuiltForm;

    public override void ScoreBlock(ReadOnlySpan<float> features, bool hasBuiltForm, Span<float> scores)
    {
        Span<int> bins = stackalloc int[RowBlock.Rows];
        Span<double> sums = stackalloc double[RowBlock.Rows];
        sums.Fill(Intercept);

        for (var shape = 0; shape < _shapes.Length; shape++)
        {
            OrderedKey.Of(Vector512.Create(features.Slice(_shapes[shape].Feature * RowBlock.Rows, RowBlock.Rows)), OrderedKey.Lowest).CopyTo(bins);
            _bins.BlockRank(shape, bins);
            for (var row = 0; row < RowBlock.Rows; row++)
                sums[row] += _effects[_shapes[shape].Start + RequireBin(shape, bins[row])];
        }

        for (var row = 0; row < RowBlock.Rows; row++)
            scores[row] = (float)sums[row];
    }

    public override double Term(int feature, float value)
    {
        if (_shapeOfFeature[feature] is not (>= 0 and var shape))
            return 0;

        return _effects[_shapes[shape].Start + RequireBin(shape, _bins.Rank(shape, OrderedKey.Of(value, OrderedKey.Lowest)))];
    }

    public override void MarkUsed(Span<bool> used)
    {
        foreach (var shape in _shapes)
        {
            var effects = _effects.AsSpan(shape.Start, shape.Length);
            used[shape.Feature] = effects.ContainsAnyExcept(effects[0]);
        }
    }

    /// <summary>The bounds and effects of a feature's shape function; empty if it has none.</summary>
    public (double[] Bounds, double[] Effects) ShapeOf(int feature)
    {
        if (_shapeOfFeature[feature] is not (>= 0 and var shape))
            return ([], []);

        var (start, length) = (_shapes[shape].Start, _shapes[shape].Length);

        return (_bounds[start..(start + length)], _effects[start..(start + length)]);
    }

    /// <summary>
    /// A Single is at most the bound if it is at most the largest Single that is. NaN gets the key below all others, and so bin 0.
    /// </summary>
    private static int BoundKey(double bound)
    {
        var rounded = (float)bound;

        return OrderedKey.Of(rounded > bound ? float.BitDecrement(rounded) : rounded, OrderedKey.Lowest);
    }

    private static double AtZero(double[] effects, double[] bounds) => effects[Array.FindIndex(bounds, bound => bound >= 0)];

    private float DenseScore(ReadOnlySpan<float> values)
    {
        int[]? rented = null;
        var bins = _shapes.Length <= MostFeaturesOnStack ? stackalloc int[_shapes.Length] : (rented = ArrayPool<int>.Shared.Rent(_shapes.Length)).AsSpan(0, _shapes.Length);
        for (var shape = 0; shape < bins.Length; shape++)
            bins[shape] = OrderedKey.Of(values[_shapes[shape].Feature], OrderedKey.Lowest);

        _bins.Rank(bins);
        var sum = Intercept;
        for (var shape = 0; shape < bins.Length; shape++)
            sum += _effects[_shapes[shape].Start + RequireBin(shape, bins[shape])];

        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);

        return (float)sum;
    }

    private float SparseScore(FeatureVector features)
    {
        var sum = Intercept + _sumAtZero;

        foreach (var feature in features.ExplicitSlots)
        {
            if (_shapeOfFeature[feature] is >= 0 and var shape)
                sum += Term(feature, features.Values[feature]) - _shapes[shape].AtZero;
        }

        return (float)sum;
    }

    private int RequireBin(int shape, int bin)
    {
        if (bin >= _shapes[shape].Length)
            throw new ModelInputException($"The value of feature {_shapes[shape].Feature} is above the last bin bound {_bounds[_shapes[shape].Start + _shapes[shape].Length - 1]} of its shape function.");

        return bin;
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

    private readonly record struct Shape(int Feature, int Start, int Length, double AtZero);
}
