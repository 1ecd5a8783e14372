using System.Text.Json.Nodes;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Tests.Support;
using DrugResponse.Testing;

namespace DrugResponse.Prediction.Tests.Scoring;

public sealed class DrugWarningsTests
{
    [Fact]
    public async Task A_gene_that_is_missing_is_named_once()
    {
        var drug = await PredictAsync(["cyp2c9ActivityScore", "cyp2c9Star2Alleles", "vkorc1Rs9923231TAlleles"], new Patient(), new Genotype
        {
            Variants = new Dictionary<string, string> { ["rs9923231"] = "C/T" },
        });

        var warning = Assert.Single(
            drug.Warnings,
            static warning => warning.Code == WarningCodes.MissingGenotype && warning.Message.Contains("models", StringComparison.Ordinal));
        Assert.StartsWith("CYP2C9 ", warning.Message, StringComparison.Ordinal);
        Assert.Equal("/genotype", warning.Path);
    }

    [Fact]
    public async Task Every_member_that_is_missing_is_named_once()
    {
        var drug = await PredictAsync(["bodySurfaceArea", "weightKg", "ageYears", "amiodarone", "statin", "stroke"], new Patient { AgeYears = 40 });

        Assert.Equal(
            ["/conditions", "/medications", "/patient/heightCm", "/patient/weightKg"],
            drug.Warnings
                .Where(static warning => warning.Code == WarningCodes.MissingFeature)
                .Select(static warning => warning.Path)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_model_does_not_ask_for_is_not_missed()
    {
        var drug = await PredictAsync(["ageYears"], new Patient { AgeYears = 40 });

        Assert.DoesNotContain(drug.Warnings, static warning => warning.Code == WarningCodes.MissingFeature);
    }

    [Theory]
    [InlineData(17.9, true)]
    [InlineData(18.0, false)]
    [InlineData(90.0, false)]
    [InlineData(90.1, true)]
    [InlineData(null, false)]
    public async Task A_value_outside_the_training_range_is_named(double? age, bool isOutside)
    {
        var models = await SmallModels.OnlyDose(SmallModels.DoseArchive("ageYears"), ([], -1, 1))
            .ChangeCard(SmallModels.Dose, static card => card["trainingRanges"]!["ageYears"] = new JsonObject { ["min"] = 18, ["max"] = 90 })
            .LoadAsync();

        var drug = Clinic.PredictWarfarin(new Patient { AgeYears = age }, models);

        var warnings = drug.Warnings.Where(static warning => warning.Code == WarningCodes.OutOfTrainingRange).ToArray();
        Assert.Equal(isOutside ? ["/patient/ageYears"] : [], warnings.Select(static warning => warning.Path));
        Assert.All(warnings, static warning => Assert.Contains("trained on 18 to 90", warning.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_endpoint_that_nothing_is_known_to_change_has_the_published_rate_for_everybody_and_says_so()
    {
        var models = await ModelFolder.OfRepository().Only(SmallModels.Suffices)
            .ReplaceArchive(SmallModels.Suffices, SmallModels.RateArchive(-1))
            .ChangeCard(SmallModels.Suffices, static card =>
            {
                SmallModels.SetStrata(card, ([], -1, 1));
                card["hasNoKnownEffects"] = true;
            })
            .LoadAsync();

        var known = Clinic.PredictWarfarin(new Patient { AgeYears = 40, WeightKg = 80 }, models);
        var unknown = Clinic.PredictWarfarin(new Patient(), models);

        Assert.Equal(1 / (1 + Math.Exp(1)), known.Response!.Probability, 1e-6);
        Assert.Equal(known.Response.Probability, unknown.Response!.Probability);
        Assert.Empty(known.Response.Contributions);
        var warning = Assert.Single(known.Warnings, static warning => warning.Code == WarningCodes.NoKnownEffect);
        Assert.Contains("warfarin/standard-dose-suffices", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(unknown.Warnings, static warning => warning.Code == WarningCodes.MissingFeature);
    }

    [Fact]
    public async Task A_card_that_denies_the_effects_of_its_archive_is_refused()
    {
        var folder = SmallModels.OnlyDose(SmallModels.DoseArchive("ageYears"), ([], -1, 1))
            .ChangeCard(SmallModels.Dose, static card => card["hasNoKnownEffects"] = true);

        Assert.Contains(
            "nothing is known to change the endpoint, but", Assert.Single(await folder.FaultsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drug_without_a_model_says_so_and_is_not_scored()
    {
        var models = await SmallModels.OnlyDose(SmallModels.DoseArchive("ageYears"), ([], -1, 1)).LoadAsync();

        var drug = Assert.Single(Clinic.Predict(new PredictionRequest { Candidates = ["florbizol", "clopidogrel"] }, models).Drugs);

        Assert.Equal("clopidogrel", drug.Drug);
        Assert.Null(drug.Dose);
        Assert.Equal("/candidates/1", Assert.Single(drug.Warnings, static warning => warning.Code == WarningCodes.NoModel).Path);
    }

    [Fact]
    public async Task Nothing_to_score_is_said_of_the_answer_as_a_whole()
    {
        var models = await SmallModels.OnlyDose(SmallModels.DoseArchive("ageYears"), ([], -1, 1)).LoadAsync();

        var empty = Clinic.Predict(new PredictionRequest { Medications = [Taken("bisoprolol")] }, models);
        var scored = Clinic.Predict(new PredictionRequest { Medications = [Taken("bisoprolol"), Taken("warfarin")] }, models);

        Assert.Contains(empty.Warnings, static warning => warning.Code == WarningCodes.NothingToScore);
        Assert.Equal("warfarin", Assert.Single(scored.Drugs).Drug);
        Assert.DoesNotContain(scored.Warnings, static warning => warning.Code == WarningCodes.NothingToScore);
    }

    [Fact]
    public async Task Without_candidates_active_drugs_with_a_model_or_a_guideline_are_answered()
    {
        var models = await SmallModels.OnlyDose(SmallModels.DoseArchive("ageYears"), ([], -1, 1)).LoadAsync();

        var answer = Clinic.Predict(
            new PredictionRequest
            {
                Genotype = new Genotype { Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C19"] = ["*2/*2"] } },
                Medications =
                [
                    Taken("clopidogrel"), Taken("statin"), Taken("bisoprolol"), Taken("Coumadin"), Taken("Plavix"),
                    Taken("voriconazole") with { Status = "stopped" },
                ],
            },
            models);

        Assert.Equal(["clopidogrel", "warfarin"], answer.Drugs.Select(static drug => drug.Drug));
        var unscored = answer.Drugs[0];
        Assert.NotEmpty(unscored.Guidance);
        Assert.Equal("/medications/0", Assert.Single(unscored.Warnings, static warning => warning.Code == WarningCodes.NoModel).Path);
    }

    private static Medication Taken(string drug) => new() { Drug = drug };

    private static async Task<DrugPrediction> PredictAsync(string[] features, Patient patient, Genotype? genotype = null) =>
        Clinic.PredictWarfarin(
            patient, await SmallModels.OnlyDose(SmallModels.DoseArchive(features), ([], -1, 1)).LoadAsync(), genotype);
}
