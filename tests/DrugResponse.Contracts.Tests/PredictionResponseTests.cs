using System.Text.Json;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Predictions;
using Xunit;

namespace DrugResponse.Contracts.Tests;

/// <summary>The shape of an answer on the wire.</summary>
public class PredictionResponseTests
{
    private static readonly PredictionInterval Interval = new(0.1, 0.3, 0.9);
    private static readonly ModelReference Model = new("warfarin/dose", "1.0.0", "00", "real-cohort");

    [Fact]
    public void An_endpoint_says_first_what_it_is_and_what_the_answer_is()
    {
        var endpoint = new EndpointPrediction
        {
            Endpoint = "remission",
            Definition = "Remission at week 8.",
            Probability = 0.2,
            Interval = Interval,
            Scale = "log-odds",
            Score = -1.4,
            Baseline = -1.4,
            Contributions = [],
            Model = Model,
        };

        var json = JsonSerializer.SerializeToNode(endpoint, ContractsJsonContext.Wire.EndpointPrediction)!.AsObject();

        Assert.Equal(
            ["endpoint", "definition", "probability", "interval", "scale", "score", "baseline", "contributions", "model"],
            json.Select(static member => member.Key));
        Assert.Equal("real-cohort", (string?)json["model"]!["trainedOn"]);
    }

    [Fact]
    public void A_dose_has_value_and_unit_in_place_of_a_probability()
    {
        var dose = new DosePrediction
        {
            Endpoint = "dose",
            Definition = "The dose.",
            Value = 35,
            Unit = "mg/week",
            Interval = Interval,
            Scale = "sqrt-mg-per-week",
            Score = 5.9,
            Baseline = 5.9,
            Contributions = [],
            Model = Model,
        };

        var json = JsonSerializer.SerializeToNode(dose, ContractsJsonContext.Wire.DosePrediction)!.AsObject();

        Assert.Equal(
            ["endpoint", "definition", "value", "unit", "interval", "scale", "score", "baseline", "contributions", "model"],
            json.Select(static member => member.Key));
    }

    [Fact]
    public void The_best_drug_of_a_ranking_is_not_compared_with_itself()
    {
        var ranking = new DrugRanking(
            "remission",
            "response",
            [new RankedDrug("a", "remission", 0.2, Interval, null), new RankedDrug("b", "remission", 0.1, Interval, false)]);

        var drugs = JsonSerializer.SerializeToNode(ranking, ContractsJsonContext.Wire.DrugRanking)!["drugs"]!.AsArray();

        Assert.False(drugs[0]!.AsObject().ContainsKey("distinguishable"));
        Assert.Equal(JsonValueKind.False, drugs[1]!["distinguishable"]!.GetValueKind());
    }
}
