using System.Net;
using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Catalogue;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Functions.Tests.Catalogue;

/// <summary><c>GET v1/features</c>, and that a request may say what it lists.</summary>
public sealed class ListFeaturesTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private readonly WholeApp _app = fixture.App;

    [Fact]
    public async Task Every_feature_of_the_catalogue_is_listed()
    {
        var list = await ListAsync();

        Assert.Equal(FeatureCatalogue.All.Select(static feature => feature.Name), list.Features.Select(static feature => feature.Name));
        var carrier = Assert.Single(list.Features, static feature => feature.Name == "hlaB1502Carrier");
        Assert.Equal(("flag", 0.0, 1.0), (carrier.Unit, carrier.Min, carrier.Max));
        Assert.Equal(new FeatureInputSummary("/genotype", "HLA-B", "*15:02"), Assert.Single(carrier.Inputs));
        var chained = Assert.Single(list.Features, static feature => feature.Name == "warfarinPredictedSqrtDose");
        Assert.Equal("warfarin/dose", chained.ChainedFrom);
    }

    [Fact]
    public async Task No_word_stands_for_two_conditions()
    {
        var list = await ListAsync();

        var words = list.Conditions.SelectMany(static condition => condition.Words.Append(condition.Name)).ToArray();

        Assert.Equal(ConditionNames.All.Order(StringComparer.Ordinal), list.Conditions.Select(static condition => condition.Name));
        Assert.Equal(words.Length, words.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task Every_word_for_a_condition_is_understood()
    {
        var words = (await ListAsync()).Conditions.SelectMany(static condition => condition.Words.Append(condition.Name));
        var body = Body.Warfarin().WithJson("/conditions", JsonSerializer.Serialize(words));

        var prediction = (await _app.PredictAsync(body)).Prediction;

        Assert.DoesNotContain("unknown-condition", prediction.Warnings.Codes());
    }

    [Fact]
    public async Task Every_word_for_the_absence_of_a_condition_is_understood()
    {
        var conditions = (await ListAsync()).Conditions;
        var body = Body.Warfarin().WithJson(
            "/conditions", JsonSerializer.Serialize(conditions.SelectMany(static condition => condition.AbsenceWords)));

        var prediction = (await _app.PredictAsync(body)).Prediction;

        Assert.DoesNotContain("unknown-condition", prediction.Warnings.Codes());
        var nodes = Assert.Single(conditions, static condition => condition.Name == ConditionNames.NodePositive);
        Assert.Contains("no node-positive cancer", nodes.AbsenceWords);
        Assert.Contains("node negative", nodes.AbsenceWords);
        Assert.Equal(
            ConditionNames.StatedOnly.Order(StringComparer.Ordinal),
            conditions.Where(static condition => condition.StatedOnly).Select(static condition => condition.Name));
    }

    [Fact]
    public async Task Every_measurement_is_accepted_within_its_range()
    {
        var measurements = (await ListAsync()).Measurements;
        var body = Body.Warfarin().WithJson(
            "/measurements", JsonSerializer.Serialize(measurements.ToDictionary(static one => one.Name, static one => one.Max)));

        var answer = await _app.PredictAsync(body);

        Assert.Equal(MeasurementNames.Ranges.Keys.Order(StringComparer.Ordinal), measurements.Select(static one => one.Name));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
    }

    [Fact]
    public async Task Adverse_events_are_listed_with_their_words()
    {
        var events = (await ListAsync()).AdverseEvents;

        Assert.Contains("hives", Assert.Single(events, static one => one.Name == AdverseEventNames.Rash).Words);
        Assert.Contains("gi bleed", Assert.Single(events, static one => one.Name == AdverseEventNames.GastrointestinalBleeding).Words);
        Assert.Equal(events.Select(static one => one.Name).Order(StringComparer.Ordinal), events.Select(static one => one.Name));
    }

    private async Task<FeatureList> ListAsync()
    {
        var answer = await _app.GetAsync("v1/features");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return JsonSerializer.Deserialize(answer.Bytes, ContractsJsonContext.Wire.FeatureList)!;
    }
}
