using System.Text.Json;
using DrugResponse.Contracts.Predictions;
using DrugResponse.ModelArchives;
using DrugResponse.ModelArchives.Writing;
using DrugResponse.Prediction.Scoring;
using DrugResponse.Prediction.Tests.Support;
using DrugResponse.Testing;

namespace DrugResponse.Prediction.Tests.Scoring;

public sealed class ShadowScoreTests
{
    private static readonly PredictionRequest Request = new()
    {
        Patient = new Patient { WeightKg = 80, AgeYears = 40 },
        Candidates = ["warfarin"],
    };

    [Fact]
    public async Task A_candidate_is_scored_beside_the_active_model_and_leaves_its_answer_as_it_is()
    {
        var alone = await Folder().LoadAsync();
        var beside = await Folder().AddCandidate(SmallModels.Suffices, "1.1.0", SmallModels.RateArchive(-1)).LoadAsync();

        var (answer, shadows) = Clinic.PredictWithShadows(Request, beside);

        Assert.Equal(JsonSerializer.Serialize(Clinic.Predict(Request, alone)), JsonSerializer.Serialize(answer));
        var shadow = Assert.Single(shadows);
        Assert.Equal(("warfarin/standard-dose-suffices", "1.1.0"), (shadow.Id, shadow.Version));
        Assert.Equal(Assert.Single(beside.Candidates).Reference.Sha256, shadow.Sha256);
        Assert.Equal(1 / (1 + Math.Exp(1)), shadow.Probability!.Value, 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(1.5)), shadow.Low!.Value, 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(0.5)), shadow.High!.Value, 1e-6);
        Assert.Null(shadow.Value);
        Assert.Null(shadow.Failure);
    }

    [Fact]
    public async Task A_candidate_for_a_dose_has_a_value_and_no_say_in_what_later_models_are_given()
    {
        var folder = ModelFolder.OfRepository();
        var alone = Clinic.Predict(Request, await folder.LoadAsync());
        var models = await folder
            .AddCandidate(SmallModels.Dose, "1.1.0", SmallModels.DoseArchive("ageYears"))
            .AddCandidate(SmallModels.Suffices, "1.1.0")
            .LoadAsync();

        var (answer, shadows) = Clinic.PredictWithShadows(Request, models);

        var dose = Assert.Single(shadows, static shadow => shadow.Id == "warfarin/dose");
        var suffices = Assert.Single(shadows, static shadow => shadow.Id == "warfarin/standard-dose-suffices");
        Assert.Equal(4.5 * 4.5, dose.Value!.Value, 1e-5);
        Assert.Null(dose.Probability);
        Assert.Equal(alone.Drugs[0].Response!.Probability, answer.Drugs[0].Response!.Probability);
        Assert.Equal(answer.Drugs[0].Response!.Probability, suffices.Probability);
    }

    [Fact]
    public async Task Without_a_candidate_there_is_no_shadow_score()
    {
        var (_, shadows) = Clinic.PredictWithShadows(Request, await ModelFolder.OfRepository().LoadAsync());

        Assert.Empty(shadows);
    }

    [Fact]
    public async Task Only_candidates_of_the_drugs_that_are_asked_for_are_scored()
    {
        var models = await ModelFolder.OfRepository().AddCandidate(SmallModels.Dose, "1.1.0").LoadAsync();

        var (_, shadows) = Clinic.PredictWithShadows(Request with { Candidates = ["clopidogrel"] }, models);

        Assert.Empty(shadows);
    }

    [Fact]
    public async Task A_candidate_that_fails_is_noted_and_the_answer_stands()
    {
        var models = await Folder().AddCandidate(SmallModels.Suffices, "1.1.0", SmallModels.BoundedArchive("weightKg")).LoadAsync();

        var fits = Assert.Single(Clinic.PredictWithShadows(Request, models).Shadows);
        var (answer, shadows) = Clinic.PredictWithShadows(Request with { Patient = new Patient { WeightKg = 101, AgeYears = 40 } }, models);

        Assert.Null(fits.Failure);
        Assert.NotNull(answer.Drugs[0].Response);
        var shadow = Assert.Single(shadows);
        Assert.Equal("ModelInputException", shadow.Failure);
        Assert.Null(shadow.Probability);
    }

    [Fact]
    public async Task A_candidate_that_gives_no_number_is_noted_and_the_answer_stands()
    {
        // Infinity less infinity, as soon as both are known.
        var overflowing = ModelArchiveWriter.ToBytes(new ModelDefinition
        {
            Kind = PredictionKind.Binary,
            Calibration = PlattCalibration.LogOdds,
            Inputs = [new NumericInput("ageYears") { Replacement = 0 }, new NumericInput("weightKg") { Replacement = 0 }],
            Predictor = new LinearDefinition(0, [3e38f, -3e38f]),
        });
        var models = await Folder().AddCandidate(SmallModels.Suffices, "1.1.0", overflowing).LoadAsync();

        var (_, shadows) = Clinic.PredictWithShadows(Request, models);

        Assert.Equal("NotANumber", Assert.Single(shadows).Failure);
    }

    [Fact]
    public void What_a_candidate_did_not_say_is_not_stored()
    {
        IReadOnlyList<ShadowScore> scores =
            [new() { Id = "a/b", Version = "1.0.0", Sha256 = "00", Probability = 0.25, Low = 0.125, High = 0.5 }];

        Assert.Equal(
            """[{"id":"a/b","version":"1.0.0","sha256":"00","probability":0.25,"low":0.125,"high":0.5}]""",
            JsonSerializer.Serialize(scores, ShadowJson.Default.IReadOnlyListShadowScore));
    }

    private static ModelFolder Folder() => ModelFolder.OfRepository().Only(SmallModels.Suffices)
        .ReplaceArchive(SmallModels.Suffices, SmallModels.ProbabilityArchive("weightKg"))
        .ChangeCard(SmallModels.Suffices, static card => SmallModels.SetStrata(card, ([], -0.5, 0.5)));
}
