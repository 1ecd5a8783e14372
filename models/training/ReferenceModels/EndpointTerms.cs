using DrugResponse.Prediction.Features;
using DrugResponse.Training.Additive;
using DrugResponse.Training.Evidence;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>The terms of an endpoint's additive model: the features of its risk equation and their companions, cut where the equation changes.</summary>
internal static class EndpointTerms
{
    // Teachers state risks without noise, so the penalties only settle what no row tells.
    private const double Penalty = 1e-4;
    private const int BinsOfLine = 20;
    private const int AncestryCodes = 11;

    /// <summary>The terms, the equation's own features first.</summary>
    public static IReadOnlyList<AdditiveTerm> Of(RiskEquation equation)
    {
        var own = equation.Features.ToList();
        return
        [
            .. own.Select(feature => OwnTerm(feature, [.. equation.Factors.Where(factor => factor.Feature == feature)], equation.IsAbsenceOfEvent)),
            .. Companions.With(own).Skip(own.Count).Select(CompanionTerm),
        ];
    }

    private static AdditiveTerm OwnTerm(Feature feature, IReadOnlyList<RiskFactor> factors, bool isAbsence)
    {
        var cuts = Cuts(feature, factors);
        return Term(feature, cuts, DirectionOf(cuts, factors, isAbsence));
    }

    private static AdditiveTerm CompanionTerm(Feature feature) =>
        Term(feature, Levels(feature.Name.EndsWith(Companions.UntestedAncestry, StringComparison.Ordinal) ? AncestryCodes : (int)feature.Max), Direction.Free);

    private static AdditiveTerm Term(Feature feature, float[] cuts, Direction direction) => new()
    {
        Feature = feature.Name,
        Cuts = cuts,
        StepPenalty = Penalty,
        MissingPenalty = Penalty,
        Direction = direction,
    };

    private static float[] Levels(int highest) => [.. Enumerable.Range(0, highest).Select(static level => level + 0.5f)];

    private static float[] Cuts(Feature feature, IReadOnlyList<RiskFactor> factors)
    {
        var cuts = new SortedSet<float>();
        foreach (var term in factors.Select(static factor => factor.Term))
        {
            // A bin holds its upper bound, but the threshold itself belongs to the values above.
            foreach (var threshold in term.Thresholds)
                cuts.Add(MathF.BitDecrement((float)threshold));
            if (term.Line is { } line)
                for (var i = 0; i <= BinsOfLine; i++)
                    cuts.Add((float)(line.From + i * (line.To - line.From) / BinsOfLine));
            else if (term.Thresholds.Count == 0)
                cuts.UnionWith(Levels((int)feature.Max));
        }

        // A cut at which no value can lie on one side would be a bin without rows.
        return [.. cuts.Where(cut => cut > feature.Min - 0.25 && cut < feature.Max)];
    }

    // Where all that is known points one way, the fitted effect may not turn.
    private static Direction DirectionOf(float[] cuts, IReadOnlyList<RiskFactor> factors, bool isAbsence)
    {
        double[] levels =
        [
            .. Inside(cuts).Select(value => (isAbsence ? -1 : 1) * factors.Sum(factor => factor.Effect.Value * factor.Term.Amount(value))),
        ];
        var steps = levels.Skip(1).Zip(levels, static (next, level) => next - level).ToList();
        return steps.TrueForAll(static step => step >= 0) ? Direction.Rising
            : steps.TrueForAll(static step => step <= 0) ? Direction.Falling
            : Direction.Free;
    }

    private static IEnumerable<double> Inside(float[] cuts) =>
        [cuts[0] - 0.25, .. cuts.Zip(cuts.Skip(1), static (a, b) => ((double)a + b) / 2), cuts[^1] + 0.25];
}
