using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Predictions;

/// <summary>Which entries of a medication history count as taken now. The app's day is 20 November 2026.</summary>
public sealed class MedicationHistoryTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private readonly WholeApp _app = fixture.App;

    [Theory]
    [InlineData("""{ "drug": "amiodarone" }""", 1)]
    [InlineData("""{ "drug": "amiodarone", "status": "active" }""", 1)]
    [InlineData("""{ "drug": "amiodarone", "status": "stopped" }""", 0)]
    [InlineData("""{ "drug": "amiodarone", "started": "2026-11-20" }""", 1)]
    [InlineData("""{ "drug": "amiodarone", "started": "2026-11-21" }""", 0)]
    [InlineData("""{ "drug": "amiodarone", "stopped": "2026-11-20" }""", 1)]
    [InlineData("""{ "drug": "amiodarone", "stopped": "2026-11-19" }""", 0)]
    [InlineData("""{ "drug": "amiodarone", "status": "active", "started": "2020-01-01", "stopped": "2024-01-01" }""", 0)]
    [InlineData("""{ "drug": "amiodarone", "status": "stopped", "outcome": "adverse-event", "event": "rash" }""", 0)]
    [InlineData("""{ "drug": "Pacerone" }""", 1)]
    [InlineData("""{ "rxNorm": "703" }""", 1)]
    [InlineData("""{ "atc": "C01BD01" }""", 1)]
    [InlineData("""{ "drug": "metoprolol" }""", 0)]
    public async Task Counts_as_taken_by_status_and_dates(string medication, double taken)
    {
        var prediction = (await _app.PredictAsync(Body.Warfarin().WithJson("/medications", $"[{medication}]"))).Prediction;

        Assert.Equal(taken, prediction.Drugs[0].ValueOf("amiodarone"));
        Assert.DoesNotContain("unknown-drug", prediction.Warnings.Codes());
    }

    [Theory]
    [InlineData("""{ "drug": "simvastatin" }""", "statin")]
    [InlineData("""{ "drug": "statin" }""", "statin")]
    [InlineData("""{ "drug": "carbamazepine" }""", "enzymeInducer")]
    [InlineData("""{ "drug": "rifampicin" }""", "enzymeInducer")]
    [InlineData("""{ "drug": "aspirin" }""", "aspirin")]
    [InlineData("""{ "drug": "paracetamol" }""", "acetaminophen")]
    [InlineData("""{ "drug": "clarithromycin" }""", "interactingAntibiotic")]
    [InlineData("""{ "drug": "co-trimoxazole" }""", "interactingAntibiotic")]
    [InlineData("""{ "drug": "fluconazole" }""", "azoleAntifungal")]
    public async Task Reaches_the_feature_of_its_drug_or_class(string medication, string feature)
    {
        var prediction = (await _app.PredictAsync(Body.Warfarin().WithJson("/medications", $"[{medication}]"))).Prediction;

        Assert.Equal(1, prediction.Drugs[0].ValueOf(feature));
        Assert.Equal(0, prediction.Drugs[0].ValueOf("amiodarone"));
    }

    [Fact]
    public async Task Active_medications_with_models_are_scored_when_no_candidate_is_named()
    {
        var body = Body.Warfarin().Without("/candidates").WithJson(
            "/medications", """[{ "drug": "prasugrel" }, { "drug": "Coumadin" }, { "drug": "amiodarone" }, { "drug": "warfarin" }]""");

        var prediction = (await _app.PredictAsync(body)).Prediction;

        Assert.Equal(["warfarin"], prediction.Drugs.Select(static drug => drug.Drug));
        Assert.DoesNotContain(WarningCodes.NothingToScore, prediction.Warnings.Codes());
    }

    [Theory]
    [InlineData("""{ "medications": [{ "drug": "warfarin", "status": "stopped" }] }""")]
    [InlineData("""{ "medications": [] }""")]
    [InlineData("""{ "genotype": { "variants": { "rs9923231": "C/T" } } }""")]
    [InlineData("""{ "candidates": [] }""")]
    public async Task Says_so_when_there_is_nothing_to_score(string body)
    {
        var prediction = (await _app.PredictAsync(Body.Parse(body))).Prediction;

        Assert.Empty(prediction.Drugs);
        Assert.Contains(WarningCodes.NothingToScore, prediction.Warnings.Codes());
    }
}
