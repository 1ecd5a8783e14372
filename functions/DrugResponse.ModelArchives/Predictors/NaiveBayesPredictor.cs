using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>Naive Bayes over features that are present (above 0, or NaN) or absent.</summary>
/// <remarks>
/// <para>
/// Source: ML.NET <c>src/Microsoft.ML.StandardTrainers/Standard/MulticlassClassification/MulticlassNaiveBayesTrainer.cs</c>.
/// Body: i32 4; i64[] class counts c (counted k; i32 before version 1.2); i32 features n; per class with c &gt; 0 i64[n] feature
/// counts h (i32 before 1.2); f64[k] absent log-probabilities A.
/// </para>
/// <para>
/// score = (Single)(ln(c/total) + sum over present features of (ln(h+1) - ln(c+k)) + A - sum over the same of (ln(c-h+1) -
/// ln(c+k))), in Double; a class with c = 0 has only ln 0 + A.
/// </para>
/// </remarks>
internal sealed class NaiveBayesPredictor : VectorPredictor
{
    public static readonly ComponentFormat Format = new("MultiClassNaiveBayesPred", "MNABYPRD", (1, 2), (1, 1), (1, 1), ComponentFormat.TrainersAssembly);

    private readonly double[] _classLogarithms;
    private readonly double[][] _present;
    private readonly double[][] _absent;
    private readonly double[] _allAbsent;

    private NaiveBayesPredictor(ComponentIdentity identity, long[] counts, long[][] features, double[] allAbsent, int featureCount)
        : base(identity)
    {
        var total = counts.Sum(count => (double)count);
        FeatureCount = featureCount;
        _classLogarithms = Array.ConvertAll(counts, count => Math.Log(count / total));
        _present = Logarithms(counts, features, (count, feature) => feature + 1);
        _absent = Logarithms(counts, features, (count, feature) => count - feature + 1);
        _allAbsent = allAbsent;
    }

    public override int ClassCount => _allAbsent.Length;

    public override int? FeatureCount { get; }

    public static Predictor Read(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        var start = body.Position;
        var isWide = stream.Version.IsAtLeast(1, 2);
        var counts = ReadCounts(body, isWide, body.Count(isWide ? 8 : 4, "classes", footprint: 200));
        var featureCount = body.Int32("the number of features");
        if (counts.Length == 0 || counts.Any(count => count < 0) || featureCount < 0)
            throw body.MalformedAt(start, "class counts and a number of features from 0", "none, or a negative number");

        var features = Array.ConvertAll(counts, count => count > 0 ? ReadCounts(body, isWide, featureCount) : []);
        if (features.Zip(counts).Any(item => item.First.Any(feature => feature < 0 || feature > item.Second)))
            throw body.MalformedAt(start, "feature counts from 0 to the count of their class", "others");

        return new NaiveBayesPredictor(stream.Identity, counts, features, body.Doubles(counts.Length, "absent log-probabilities"), featureCount);
    }

    public override void Score(FeatureVector features, Span<float> scores)
    {
        for (var index = 0; index < scores.Length; index++)
        {
            var present = 0.0;
            var absent = 0.0;

            for (var feature = 0; feature < _present[index].Length; feature++)
            {
                // NaN counts as present.
                if (features.Values[feature] <= 0)
                    continue;
                present += _present[index][feature];
                absent += _absent[index][feature];
            }

            scores[index] = (float)(_classLogarithms[index] + present + (_allAbsent[index] - absent));
        }
    }

    private static long[] ReadCounts(EntryReader body, bool isWide, int count) =>
        isWide ? body.Int64s(count, "counts") : Array.ConvertAll(body.Int32s(count, "counts"), value => (long)value);

    private static double[][] Logarithms(long[] counts, long[][] features, Func<double, double, double> numerator)
    {
        var logarithms = new double[counts.Length][];
        for (var index = 0; index < counts.Length; index++)
        {
            double count = counts[index];
            var denominator = Math.Log(count + counts.Length);
            logarithms[index] = Array.ConvertAll(features[index], feature => Math.Log(numerator(count, feature)) - denominator);
        }

        return logarithms;
    }
}
