using DrugResponse.Prediction.Features;
using DrugResponse.Training.Additive;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.ReferenceModels;

namespace DrugResponse.Training.OwnData;

/// <summary>The terms of a model of real patients: bins that follow the data, smoothed, with the sign that is published where one is.</summary>
internal static class OwnTerms
{
    private const double FlagPenalty = 4;
    private const double StepPenalty = 1;
    private const double CurvaturePenalty = 8;
    private const int Bins = 12;

    /// <summary>One term per column.</summary>
    /// <param name="cohort">The patients.</param>
    /// <param name="equation">What is published of the endpoint; null when nothing is.</param>
    public static IReadOnlyList<AdditiveTerm> Of(OwnCohort cohort, RiskEquation? equation)
    {
        var published = equation is null ? [] : EndpointTerms.Of(equation).ToDictionary(static term => term.Feature, static term => term.Direction);
        return [.. cohort.Features.Select((feature, column) => Of(
            feature, [.. cohort.Rows.Select(row => row[column]).Where(static value => !float.IsNaN(value)).Order()], published.GetValueOrDefault(feature.Name)))];
    }

    private static AdditiveTerm Of(Feature feature, float[] sorted, Direction direction)
    {
        if (feature.Unit == "flag")
            return AdditiveTerm.Flag(feature.Name, FlagPenalty, direction);
        var levels = sorted.Distinct().ToArray();
        if (levels.Length is > 1 and <= Bins)
            return AdditiveTerm.Levels(feature.Name, levels, direction, StepPenalty);
        return new AdditiveTerm
        {
            Feature = feature.Name,
            Cuts = [.. Enumerable.Range(1, Bins - 1).Where(_ => sorted.Length > 0).Select(bin => sorted[bin * sorted.Length / Bins]).Distinct()],
            StepPenalty = StepPenalty,
            CurvaturePenalty = CurvaturePenalty,
            Direction = direction,
        };
    }
}
