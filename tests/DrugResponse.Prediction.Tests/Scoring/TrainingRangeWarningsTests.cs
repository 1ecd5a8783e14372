using System.Text.Json.Nodes;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Tests.Support;
using DrugResponse.Testing;

namespace DrugResponse.Prediction.Tests.Scoring;

/// <summary>What is said of a patient who is outside of what the models of a drug saw in training.</summary>
public sealed class TrainingRangeWarningsTests
{
    private const string OthersOnly =
        "warfarin/standard-dose-overdoses, warfarin/standard-dose-suffices were trained on 40 to 80";

    [Theory]
    [InlineData(0, "male", "male is 1; the model was trained on women only.")]
    [InlineData(1, "female", "male is 0; the model was trained on men only.")]
    [InlineData(0, "female", null)]
    [InlineData(0, null, null)]
    public async Task A_model_of_one_sex_says_so(int seen, string? sex, string? message)
    {
        var warnings = await WarningsAsync(
            new Patient { Sex = sex }, Folder(("dose", "male", seen, seen), (SmallModels.Suffices, "male", seen, seen)));

        Assert.Equal(message is null ? [] : [message], warnings.Select(static warning => warning.Message));
        Assert.All(warnings, static warning => Assert.Equal("/patient/sex", warning.Path));
    }

    [Fact]
    public async Task A_flag_that_all_had_says_so()
    {
        var warnings = await WarningsAsync(new Patient { Smoker = true }, Folder(("dose", "smoker", 0, 0)));

        Assert.Equal("smoker is 1; the model was trained on 0 only.", Assert.Single(warnings).Message);
    }

    [Fact]
    public async Task Models_that_saw_the_same_range_are_said_once()
    {
        var warnings = await WarningsAsync(
            new Patient { AgeYears = 10 }, Folder(("dose", "ageYears", 18, 90), (SmallModels.Suffices, "ageYears", 18, 90)));

        Assert.Equal("ageYears is 10 years; the model was trained on 18 to 90.", Assert.Single(warnings).Message);
    }

    [Theory]
    [InlineData(10, "warfarin/dose was trained on 18 to 90", OthersOnly)]
    [InlineData(30, OthersOnly)]
    [InlineData(50)]
    public async Task Models_that_saw_different_ranges_are_named(double age, params string[] expected)
    {
        var warnings = await WarningsAsync(new Patient { AgeYears = age }, Folder(
            ("dose", "ageYears", 18, 90), (SmallModels.Suffices, "ageYears", 40, 80), (SmallModels.Overdoses, "ageYears", 40, 80)));

        Assert.Equal(
            expected.Select(part => $"ageYears is {age} years; {part}."),
            warnings.Select(static warning => warning.Message).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(141.7, 0)]
    [InlineData(141.6, 1)]
    public async Task An_end_of_the_range_lies_within_it(double height, int warned)
    {
        var warnings = await WarningsAsync(new Patient { HeightCm = height }, Folder(("dose", "heightCm", 141.7, 195)));

        Assert.Equal(warned, warnings.Count);
    }

    private static ModelFolder Folder(params (string Endpoint, string Feature, double Min, double Max)[] ranges)
    {
        var folder = ModelFolder.OfRepository();
        foreach (var endpoint in (string[])[SmallModels.Dose, SmallModels.Suffices, SmallModels.Overdoses])
            folder.ChangeCard(endpoint, static card => card["trainingRanges"] = new JsonObject());
        foreach (var (endpoint, feature, min, max) in ranges)
        {
            folder.ChangeCard(
                endpoint, card => card["trainingRanges"] = new JsonObject { [feature] = new JsonObject { ["min"] = min, ["max"] = max } });
        }

        return folder;
    }

    private static async Task<IReadOnlyList<Warning>> WarningsAsync(Patient patient, ModelFolder folder) =>
    [
        .. Clinic.PredictWarfarin(patient, await folder.LoadAsync()).Warnings
            .Where(static warning => warning.Code == WarningCodes.OutOfTrainingRange),
    ];
}
