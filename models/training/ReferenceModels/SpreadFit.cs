using DrugResponse.Training.Additive;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>Fits the models of an interval's squared distances to rows whose distances are known.</summary>
internal static class SpreadFit
{
    private const int Rounds = 3;

    // Nearly none: distances of patients of whom everything is known are sums without noise.
    private const double Penalty = 1e-7;

    /// <summary>Fits one direction.</summary>
    /// <param name="terms">The terms; the first <paramref name="ownTerms"/> are the model's own features, the others companions.</param>
    /// <param name="ownTerms">How many terms are not companions.</param>
    /// <param name="complete">Rows of which everything is known.</param>
    /// <param name="partial">Rows of which a part is known.</param>
    public static AdditiveModel Staged(IReadOnlyList<AdditiveTerm> terms, int ownTerms, SpreadRows complete, SpreadRows partial)
    {
        AdditiveTerm[] own =
        [
            .. terms.Take(ownTerms).Select(static term => term with { Direction = Direction.Free, StepPenalty = Penalty, MissingPenalty = Penalty }),
        ];
        var known = FitOne(own, [.. complete.Rows.Select(row => row[..ownTerms])], complete.Squares, complete.Weights);
        var staged = new StagedFit(known, terms, complete.Rows[0]);
        var fitted = partial.Squares.ToArray();
        AdditiveModel? model = null;
        for (var round = 0; round < Rounds; round++)
        {
            var weights = Relative(fitted, partial.Squares, partial.Weights);
            model = staged.Fit(BinGroups.Of(terms, partial.Rows, partial.Squares, weights), new SquaredLoss(), double.PositiveInfinity);
            fitted = [.. partial.Rows.Select(row => model.Score(row))];
        }

        return model!;
    }

    /// <summary>Fits both directions at once, known and missing values alike.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="rows">Values in the order of the terms.</param>
    /// <param name="distances">Distances below and above of each row.</param>
    /// <param name="weights">How much each row counts.</param>
    public static SpreadModels Together(
        IReadOnlyList<AdditiveTerm> terms, IReadOnlyList<float[]> rows, IReadOnlyList<(double Below, double Above)> distances, IReadOnlyList<double> weights)
    {
        AdditiveTerm[] free = [.. terms.Select(static term => term with { Direction = Direction.Free })];
        return new SpreadModels(
            FitOne(free, rows, [.. distances.Select(static each => each.Below * each.Below)], weights),
            FitOne(free, rows, [.. distances.Select(static each => each.Above * each.Above)], weights));
    }

    private static AdditiveModel FitOne(
        IReadOnlyList<AdditiveTerm> terms, IReadOnlyList<float[]> rows, IReadOnlyList<double> squares, IReadOnlyList<double> weights)
    {
        var fitted = squares.ToArray();
        AdditiveModel? model = null;
        for (var round = 0; round < Rounds; round++)
        {
            model = AdditiveFit.Fit(terms, BinGroups.Of(terms, rows, squares, Relative(fitted, squares, weights)), new SquaredLoss());
            for (var n = 0; n < fitted.Length; n++)
                fitted[n] = model.Score(rows[n]);
        }

        return model!;
    }

    // Errors count relative to the fitted square, or the few patients of whom little is known would decide alone; but no row counts more
    // than one of a tenth of the median, or those of whom much is known would.
    private static double[] Relative(double[] fitted, IReadOnlyList<double> squares, IReadOnlyList<double> weights)
    {
        var least = squares.Order().ElementAt(squares.Count / 2) / 10;
        var relative = fitted.Zip(weights, (square, weight) => weight / Math.Max(square, least)).ToArray();
        var scale = relative.Length / relative.Sum();
        return [.. relative.Select(weight => weight * scale)];
    }
}

/// <summary>Rows with the squared distances of their intervals.</summary>
/// <param name="Rows">Values in the order of the terms.</param>
/// <param name="Squares">Squared distance of each row.</param>
/// <param name="Weights">How much each row counts.</param>
internal sealed record SpreadRows(IReadOnlyList<float[]> Rows, IReadOnlyList<double> Squares, IReadOnlyList<double> Weights);
