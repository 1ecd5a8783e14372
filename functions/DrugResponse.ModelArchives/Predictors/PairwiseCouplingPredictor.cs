using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Predictors;

/// <summary>A calibrated predictor for each class and for each pair of classes, coupled to probabilities of the classes.</summary>
/// <remarks>
/// <para>
/// Source: ML.NET <c>src/Microsoft.ML.StandardTrainers/Standard/MulticlassClassification/PairwiseCouplingTrainer.cs</c>. Body:
/// i32 4; i32 k. Sub-models <c>SubPredictor_iii</c> (class i) and <c>SubPredictor_iii_jjj</c> for j below i (class i or j).
/// </para>
/// <para>
/// With p the probabilities in Double: for every i in order with p[i,i] &gt; 0, p[i,j] is raised to at least p[i,i] (and if NaN).
/// q[i] = p[i,i] &gt; 0 ? p[i,i] / max(p[i,i], sum over j != i of p[i,j] - (k-2) * p[i,i]) : 0; score[i] = q[i] / sum of q,
/// with 1 for a sum that is not above 0.
/// </para>
/// </remarks>
internal sealed class PairwiseCouplingPredictor(ComponentIdentity identity, int classCount, ProbabilityPredictor[] pairs) : VectorPredictor(identity)
{
    public static readonly ComponentFormat Format = new("PKPDExec", "TLC PKPD", (1, 1), ComponentFormat.TrainersAssembly);

    private const int MostClassesOnStack = 32;

    public override int ClassCount => classCount;

    public override int? FeatureCount { get; } = ProbabilityPredictor.CommonFeatureCount(identity, pairs);

    public override int MinimumFeatureCount { get; } = pairs.Max(item => item.Predictor.MinimumFeatureCount);

    public override bool FormMatters => pairs.Any(item => item.Predictor.FormMatters);

    public override bool ToleratesMissing => pairs.All(item => item.Predictor.ToleratesMissing);

    public static Predictor Read(ModelStream stream)
    {
        var body = stream.Body;
        body.FloatSize();
        var start = body.Position;
        var classes = body.Int32("the number of classes");
        if (classes is < 1 or > short.MaxValue)
            throw body.MalformedAt(start, $"1 to {short.MaxValue} classes", EntryReader.Text(classes));

        var pairs = new List<ProbabilityPredictor>();
        for (var row = 0; row < classes; row++)
        {
            for (var column = 0; column < row; column++)
                pairs.Add(ProbabilityPredictor.Read(stream.Directory.Sub($"SubPredictor_{row:D3}", column), mustBeCalibrated: true));
            pairs.Add(ProbabilityPredictor.Read(stream.Directory.Sub("SubPredictor", row), mustBeCalibrated: true));
        }

        return new PairwiseCouplingPredictor(stream.Identity, classes, [.. pairs]);
    }

    public override void Score(FeatureVector features, Span<float> scores)
    {
        var size = classCount * classCount;
        var matrix = classCount <= MostClassesOnStack ? stackalloc double[size] : new double[size];
        var next = 0;

        for (var row = 0; row < classCount; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                double probability = pairs[next++].Probability(features);
                matrix[(row * classCount) + column] = probability;
                matrix[(column * classCount) + row] = probability;
            }
        }

        RaiseToDiagonal(matrix);
        Couple(matrix, scores);
    }

    public override void MarkUsed(Span<bool> used)
    {
        foreach (var item in pairs)
            item.Predictor.MarkUsed(used);
    }

    private void RaiseToDiagonal(Span<double> matrix)
    {
        for (var row = 0; row < classCount; row++)
        {
            var own = matrix[(row * classCount) + row];
            if (!(own > 0))
                continue;

            for (var column = 0; column < classCount; column++)
            {
                if (column == row || matrix[(row * classCount) + column] >= own)
                    continue;
                matrix[(row * classCount) + column] = own;
                matrix[(column * classCount) + row] = own;
            }
        }
    }

    private void Couple(ReadOnlySpan<double> matrix, Span<float> scores)
    {
        var coupled = classCount <= MostClassesOnStack ? stackalloc double[classCount] : new double[classCount];
        var total = 0.0;

        for (var row = 0; row < classCount; row++)
        {
            var own = matrix[(row * classCount) + row];
            var sum = 0.0;
            for (var column = 0; column < classCount; column++)
                sum += column == row ? 0 : matrix[(row * classCount) + column];

            coupled[row] = own > 0 ? own / Math.Max(own, sum - ((classCount - 2) * own)) : 0;
            total += coupled[row];
        }

        if (!(total > 0))
            total = 1;
        for (var row = 0; row < classCount; row++)
            scores[row] = (float)(coupled[row] / total);
    }
}
