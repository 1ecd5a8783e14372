using System.Text.Json;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Prediction.Answers;

/// <summary>Puts drugs in order, but only by endpoints that count the same thing: a remission is not a response to pain.</summary>
internal static class DrugRankings
{
    /// <summary>One ranking per comparison group of which at least two drugs were scored; those of primary endpoints first.</summary>
    public static IReadOnlyList<DrugRanking> Of(IReadOnlyList<ScoredDrug> drugs) =>
    [
        .. drugs
            .SelectMany(static drug => drug.Scored)
            .Where(static scored => scored.Model.Card.ComparisonGroup is not null)
            .OrderByDescending(static scored => scored.Model.IsPrimary)
            .GroupBy(static scored => (Group: scored.Model.Card.ComparisonGroup!, scored.Model.Card.Kind))
            .Select(static group => (group.Key, Drugs: group.DistinctBy(static scored => scored.Model.Card.Drug).ToList()))
            .Where(static group => group.Drugs.Count > 1)
            .Select(static group => Rank(group.Key.Group, group.Key.Kind, group.Drugs)),
    ];

    private static DrugRanking Rank(string group, EndpointKind kind, List<Scored> drugs)
    {
        var ordered = kind == EndpointKind.Adverse
            ? drugs.OrderBy(static scored => scored.Result.Answer).ToList()
            : [.. drugs.OrderByDescending(static scored => scored.Result.Answer)];
        var best = ordered[0].Result.Interval;
        return new DrugRanking(
            group,
            JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()),
            [
                .. ordered.Select((scored, place) => new RankedDrug(
                    scored.Model.Card.Drug,
                    scored.Model.Card.Endpoint,
                    scored.Result.Answer,
                    scored.Result.Interval,
                    place == 0 ? null : LieApart(best, scored.Result.Interval))),
            ]);
    }

    private static bool LieApart(PredictionInterval one, PredictionInterval other) => one.High < other.Low || other.High < one.Low;
}
