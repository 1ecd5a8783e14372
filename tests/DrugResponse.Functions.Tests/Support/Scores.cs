using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Functions.Tests.Support;

/// <summary>Looks into the answer about one drug.</summary>
internal static class Scores
{
    /// <summary>The contributions of all endpoints: dose, response and adverse.</summary>
    public static IEnumerable<FeatureContribution> AllContributions(this DrugPrediction drug) =>
        drug.Dose!.Contributions
            .Concat(new[] { drug.Response! }.Concat(drug.OtherResponses).Concat(drug.Adverse).SelectMany(static endpoint => endpoint.Contributions));

    /// <summary>The value of a feature, which all models that use it must agree on.</summary>
    public static double? ValueOf(this DrugPrediction drug, string feature) =>
        Assert.Single(drug.AllContributions().Where(part => part.Feature == feature).Select(static part => part.Value).Distinct());

    /// <summary>The adverse endpoint of warfarin that was learned from real patients.</summary>
    public static EndpointPrediction Overdose(this DrugPrediction drug) =>
        drug.Adverse.Single(static endpoint => endpoint.Endpoint == "standard-dose-overdoses");

    /// <summary>How wide the interval of each of warfarin's endpoints of real patients is on the model's own scale: dose, response, adverse.</summary>
    public static double[] IntervalWidths(this DrugPrediction drug) =>
    [
        Math.Sqrt(drug.Dose!.Interval.High) - Math.Sqrt(drug.Dose.Interval.Low),
        LogOdds(drug.Response!.Interval.High) - LogOdds(drug.Response.Interval.Low),
        LogOdds(drug.Overdose().Interval.High) - LogOdds(drug.Overdose().Interval.Low),
    ];

    /// <summary>The answers of warfarin's endpoints of real patients: dose, response, adverse.</summary>
    public static double[] Answers(this DrugPrediction drug) => [drug.Dose!.Value, drug.Response!.Probability, drug.Overdose().Probability];

    public static IEnumerable<string> Codes(this IEnumerable<Warning> warnings) => warnings.Select(static warning => warning.Code);

    private static double LogOdds(double probability) => Math.Log(probability / (1 - probability));
}
