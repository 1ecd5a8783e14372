using System.Text.Json.Nodes;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Tests.Support;
using DrugResponse.Testing;

namespace DrugResponse.Prediction.Tests.Scoring;

/// <summary>What is said of evidence that a score does not hold.</summary>
public sealed class EvidenceWarningsTests
{
    [Theory]
    [InlineData("febuxostat", true)]
    [InlineData("aspirin", false)]
    [InlineData(null, false)]
    public async Task An_effect_that_applies_but_is_not_in_the_score_is_said(string? taken, bool applies)
    {
        var drug = await PredictAsync(
            new PredictionRequest { Medications = taken is null ? null : [new Medication { Drug = taken }] },
            LeftOut("allopurinolOrFebuxostat", 1, 1));

        var warnings = drug.Warnings.Where(static warning => warning.Code == WarningCodes.EffectNotInScore).ToArray();
        Assert.Equal(
            applies
                ? [new Warning(
                    WarningCodes.EffectNotInScore,
                    "/medications",
                    "Some factor raises the risk. It is not in the score of warfarin/dose: no ratio was published.")]
                : [],
            warnings);
    }

    [Theory]
    [InlineData(null, 20.3, 20.3, true)]
    [InlineData(null, 20.3, 20.4, false)]
    [InlineData(70.0, null, 70, true)]
    [InlineData(70.0, null, 69.9, false)]
    [InlineData(30.0, 40.0, 35, true)]
    [InlineData(30.0, 40.0, 45, false)]
    public async Task The_range_in_which_an_effect_applies_holds_its_ends_and_may_be_open(
        double? from, double? to, double age, bool applies)
    {
        var drug = await PredictAsync(
            new PredictionRequest { Patient = new Patient { AgeYears = age } }, LeftOut("ageYears", from, to));

        Assert.Equal(applies, drug.Warnings.Any(static warning => warning.Code == WarningCodes.EffectNotInScore));
    }

    [Fact]
    public async Task An_effect_that_no_feature_tells_of_is_not_said()
    {
        var drug = await PredictAsync(new PredictionRequest(), LeftOut(null, null, null));

        Assert.DoesNotContain(drug.Warnings, static warning => warning.Code == WarningCodes.EffectNotInScore);
    }

    [Fact]
    public async Task Rows_that_say_the_same_are_said_once()
    {
        var drug = await PredictAsync(
            new PredictionRequest { Patient = new Patient { AgeYears = 50 } },
            LeftOut("ageYears", 40, null),
            LeftOut("ageYears", 40, null));

        Assert.Single(drug.Warnings, static warning => warning.Code == WarningCodes.EffectNotInScore);
    }

    [Theory]
    [InlineData("noSuchFeature", 1.0, 1.0, "'noSuchFeature', which is not in the feature catalogue")]
    [InlineData("ageYears", null, null, "both a feature and a range")]
    [InlineData(null, 1.0, null, "both a feature and a range")]
    [InlineData("ageYears", 2.0, 1.0, "ends before it begins")]
    public async Task A_card_whose_left_out_effects_can_never_apply_is_refused(string? feature, double? from, double? to, string fault)
    {
        Assert.Contains(fault, Assert.Single(await Folder(LeftOut(feature, from, to)).FaultsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_with_a_null_among_its_left_out_effects_is_refused()
    {
        Assert.Contains("its evidence hold a null", Assert.Single(await Folder([null]).FaultsAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("published", "assumed assumed", "all effects")]
    [InlineData("assumed", "published", "the reference rate")]
    [InlineData("assumed", "", "the reference rate")]
    [InlineData("assumed", "assumed", "the reference rate and all effects")]
    [InlineData("derived", "assumed derived", null)]
    [InlineData("published", "", null)]
    public async Task An_endpoint_that_rests_on_assumptions_says_so(string baseline, string effects, string? assumed)
    {
        var folder = SmallModels.OnlyDose(SmallModels.DoseArchive("ageYears"), ([], -1, 1))
            .ChangeCard(SmallModels.Dose, card => card["coefficients"] = new JsonArray(
                [Coefficient("baseline", baseline), .. effects.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Effect)]));

        var drug = Assert.Single(Clinic.Predict(new PredictionRequest { Candidates = ["warfarin"] }, await folder.LoadAsync()).Drugs);

        Assert.Equal(
            assumed is null ? [] : [$"warfarin/dose rests on assumed figures ({assumed}): see its card."],
            drug.Warnings
                .Where(static warning => warning.Code == WarningCodes.RestsOnAssumptions)
                .Select(static warning => warning.Message));

        static JsonObject Effect(string basis) => Coefficient("some_factor", basis);
    }

    [Fact]
    public async Task Endpoints_of_one_drug_that_rest_on_assumptions_are_named_together()
    {
        var models = await ModelFolder.OfRepository()
            .ChangeCard(SmallModels.Dose, static card => card["coefficients"] = new JsonArray(Coefficient("baseline", "assumed")))
            .ChangeCard(SmallModels.Suffices, static card => card["coefficients"] = new JsonArray(Coefficient("baseline", "assumed")))
            .LoadAsync();

        var drug = Assert.Single(Clinic.Predict(new PredictionRequest { Candidates = ["warfarin"] }, models).Drugs);

        var warning = Assert.Single(drug.Warnings, static warning => warning.Code == WarningCodes.RestsOnAssumptions);
        Assert.Contains("warfarin/dose rests on", warning.Message, StringComparison.Ordinal);
        Assert.Contains("warfarin/standard-dose-suffices rests on", warning.Message, StringComparison.Ordinal);
    }

    private static JsonObject Coefficient(string factor, string basis) => new()
    {
        ["factor"] = factor,
        ["description"] = "Some factor",
        ["features"] = new JsonArray(),
        ["measure"] = "OR",
        ["value"] = 2,
        ["low"] = null,
        ["high"] = null,
        ["logOdds"] = 0.7,
        ["standardError"] = 0.1,
        ["basis"] = basis,
        ["citation"] = "none",
        ["pmid"] = null,
        ["note"] = null,
    };

    private static JsonObject LeftOut(string? feature, double? from, double? to) => new()
    {
        ["factor"] = "some_factor",
        ["description"] = "Some factor raises the risk",
        ["reason"] = "no ratio was published.",
        ["feature"] = feature,
        ["from"] = from,
        ["to"] = to,
    };

    private static ModelFolder Folder(params JsonObject?[] leftOut) =>
        SmallModels.OnlyDose(SmallModels.DoseArchive("ageYears"), ([], -1, 1))
            .ChangeCard(SmallModels.Dose, card => card["leftOut"] = new JsonArray([.. leftOut]));

    private static async Task<DrugPrediction> PredictAsync(PredictionRequest request, params JsonObject[] leftOut) =>
        Assert.Single(Clinic.Predict(request with { Candidates = ["warfarin"] }, await Folder(leftOut).LoadAsync()).Drugs);
}
