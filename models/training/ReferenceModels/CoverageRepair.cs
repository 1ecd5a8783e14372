using DrugResponse.Training.Additive;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// Widens the part of an untested gene until intervals hold the stated share of the truths in each ancestry. Where a rare genotype moves the average
/// risk far from what nearly everybody has, a distance that is a little short loses nearly everybody, and an additive fit alone is not exact
/// enough.
/// </summary>
/// <param name="rows">Rows in the order of the models' inputs.</param>
/// <param name="scores">The score of each row.</param>
/// <param name="truths">Draws of the true log-odds of each row.</param>
/// <param name="weights">How much each row counts.</param>
internal sealed class CoverageRepair(
    IReadOnlyList<float[]> rows, IReadOnlyList<double> scores, IReadOnlyList<double[]> truths, IReadOnlyList<double> weights)
{
    private const int LeastRows = 20;
    private const int Halvings = 30;
    private const int Doublings = 40;

    /// <summary>The models with the parts of untested genes raised where coverage fell short.</summary>
    public SpreadModels Raise(SpreadModels models)
    {
        for (var column = 0; column < models.Below.Shapes.Count; column++)
        {
            var shape = models.Below.Shapes[column];
            if (!shape.Feature.EndsWith(Companions.UntestedAncestry, StringComparison.Ordinal))
                continue;

            // Bin 0 holds the tested; -1 stands for those of unknown ancestry.
            for (var bin = -1; bin < shape.Effects.Length; bin++)
            {
                if (bin == 0)
                    continue;
                var members = Members(column, bin);
                if (members.Count < LeastRows)
                    continue;
                var squares = Squares(models, members);
                if (Coverage(members, squares, static square => square) >= EndpointModels.Level)
                    continue;
                var needed = Solve(added => Coverage(members, squares, square => square + added), 0, 1);
                models = new SpreadModels(Add(models.Below, column, bin, needed), Add(models.Above, column, bin, needed));
            }
        }

        return models;
    }

    private List<int> Members(int column, int bin) =>
        [.. Enumerable.Range(0, rows.Count).Where(n => bin < 0 ? float.IsNaN(rows[n][column]) : rows[n][column] == bin)];

    private List<(double Below, double Above)> Squares(SpreadModels models, IReadOnlyList<int> members) =>
        [.. members.Select(n => (models.Below.Score(rows[n]), models.Above.Score(rows[n])))];

    private double Coverage(IReadOnlyList<int> members, List<(double Below, double Above)> squares, Func<double, double> change)
    {
        double covered = 0, total = 0;
        foreach (var (position, n) in members.Index())
        {
            var low = scores[n] - Math.Sqrt(Math.Max(change(squares[position].Below), 0));
            var high = scores[n] + Math.Sqrt(Math.Max(change(squares[position].Above), 0));
            covered += weights[n] * truths[n].Count(truth => truth >= low && truth <= high) / truths[n].Length;
            total += weights[n];
        }

        return covered / total;
    }

    // The least number at which a coverage that rises with it reaches the level.
    private static double Solve(Func<double, double> coverage, double least, double most)
    {
        for (var doubling = 0; coverage(most) < EndpointModels.Level; doubling++)
            most = doubling < Doublings ? 2 * most : throw new InvalidOperationException("No width reaches the stated coverage.");
        for (var step = 0; step < Halvings; step++)
        {
            var middle = (least + most) / 2;
            if (coverage(middle) < EndpointModels.Level)
                least = middle;
            else
                most = middle;
        }

        return Math.Ceiling(most * 1e6) / 1e6;
    }

    private static AdditiveModel Add(AdditiveModel model, int column, int bin, double added)
    {
        var shapes = model.Shapes.ToArray();
        var shape = shapes[column];
        if (bin < 0)
        {
            shapes[column] = shape with { MissingEffect = shape.MissingEffect + added };
            return model with { Shapes = shapes };
        }

        var effects = (double[])shape.Effects.Clone();
        effects[bin] += added;
        shapes[column] = shape with { Effects = effects };
        return model with { Shapes = shapes };
    }
}
