using DrugResponse.Training.Additive;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>Fits the models of an interval's squared distances.</summary>
internal static class SpreadFit
{
    private const int Rounds = 3;

    /// <summary>Fits both.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="rows">Values in the order of the terms.</param>
    /// <param name="distances">Distances below and above of each row.</param>
    /// <param name="weights">How much each row counts.</param>
    public static SpreadModels Fit(
        IReadOnlyList<AdditiveTerm> terms, IReadOnlyList<float[]> rows, IReadOnlyList<(double Below, double Above)> distances, IReadOnlyList<double> weights)
    {
        AdditiveTerm[] free = [.. terms.Select(static term => term with { Direction = Direction.Free })];
        return new SpreadModels(
            FitOne(free, rows, [.. distances.Select(static each => each.Below * each.Below)], weights),
            FitOne(free, rows, [.. distances.Select(static each => each.Above * each.Above)], weights));
    }

    // Errors count relative to the fitted square: without that, the few patients of whom little is known would decide alone.
    private static AdditiveModel FitOne(
        IReadOnlyList<AdditiveTerm> terms, IReadOnlyList<float[]> rows, double[] squares, IReadOnlyList<double> weights)
    {
        var least = squares.Order().ElementAt(squares.Length / 100);
        var fitted = (double[])squares.Clone();
        AdditiveModel? model = null;
        for (var round = 0; round < Rounds; round++)
        {
            var relative = fitted.Zip(weights, (square, weight) => weight * least * least / Math.Pow(Math.Max(square, least), 2)).ToArray();
            var scale = relative.Length / relative.Sum();
            model = AdditiveFit.Fit(terms, BinGroups.Of(terms, rows, squares, [.. relative.Select(weight => weight * scale)]), new SquaredLoss());
            for (var n = 0; n < fitted.Length; n++)
                fitted[n] = model.Score(rows[n]);
        }

        return model!;
    }
}
