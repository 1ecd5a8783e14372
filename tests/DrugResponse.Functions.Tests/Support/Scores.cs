using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Functions.Tests.Support;

/// <summary>Looks into the answer about one drug.</summary>
internal static class Scores
{
    /// <summary>The contributions of all endpoints: dose, response and adverse.</summary>
    public static IEnumerable<FeatureContribution> AllContributions(this DrugPrediction drug) =>
        drug.Dose!.Contributions.Concat(drug.Response!.Contributions).Concat(drug.Adverse.SelectMany(static endpoint => endpoint.Contributions));

    /// <summary>The value of a feature, which all models that use it must agree on.</summary>
    public static double? ValueOf(this DrugPrediction drug, string feature) =>
        Assert.Single(drug.AllContributions().Where(part => part.Feature == feature).Select(static part => part.Value).Distinct());

    /// <summary>How wide the interval of each endpoint is on the model's own scale: dose, response, adverse.</summary>
    public static double[] IntervalWidths(this DrugPrediction drug) =>
    [
        Math.Sqrt(drug.Dose!.Interval.High) - Math.Sqrt(drug.Dose.Interval.Low),
        LogOdds(drug.Response!.Interval.High) - LogOdds(drug.Response.Interval.Low),
        LogOdds(drug.Adverse[0].Interval.High) - LogOdds(drug.Adverse[0].Interval.Low),
    ];

    /// <summary>The answers of all endpoints: dose, response, adverse.</summary>
    public static double[] Answers(this DrugPrediction drug) => [drug.Dose!.Value, drug.Response!.Probability, drug.Adverse[0].Probability];

    public static IEnumerable<string> Codes(this IEnumerable<Warning> warnings) => warnings.Select(static warning => warning.Code);

    private static double LogOdds(double probability) => Math.Log(probability / (1 - probability));
}
