using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Tests.Support;
using DrugResponse.Testing;

namespace DrugResponse.Prediction.Tests.Scoring;

public sealed class ScoredModelTests
{
    private static readonly Patient Known = new() { WeightKg = 80, AgeYears = 40 };

    [Theory]
    [InlineData(80.0, 40.0, -1, 2)]
    [InlineData(null, 40.0, -2, 3)]
    [InlineData(80.0, null, -1, 2)]
    [InlineData(null, null, -3, 4)]
    public async Task The_interval_is_that_of_the_first_stratum_whose_features_are_missing(double? weight, double? age, double lower, double upper)
    {
        var models = await SmallModels.OnlyDose(
            SmallModels.DoseArchive("weightKg", "ageYears"),
            (["weightKg", "ageYears"], -3, 4),
            (["weightKg"], -2, 3),
            ([], -1, 2)).LoadAsync();

        var dose = Clinic.PredictWarfarin(new Patient { WeightKg = weight, AgeYears = age }, models).Dose!;

        Assert.Equal((dose.Score + lower) * (dose.Score + lower), dose.Interval.Low, 1e-9);
        Assert.Equal((dose.Score + upper) * (dose.Score + upper), dose.Interval.High, 1e-9);
    }

    [Fact]
    public async Task A_stratum_over_a_feature_that_the_model_does_not_use_never_applies()
    {
        var models = await SmallModels.OnlyDose(SmallModels.DoseArchive("weightKg"), (["heightCm"], -3, 4), ([], -1, 2)).LoadAsync();

        var dose = Clinic.PredictWarfarin(Known, models).Dose!;

        Assert.Equal((dose.Score - 1) * (dose.Score - 1), dose.Interval.Low, 1e-9);
    }

    [Fact]
    public async Task Missing_values_have_no_value_and_the_effect_that_the_model_learned_for_them()
    {
        var models = await SmallModels.OnlyDose(SmallModels.DoseArchive("weightKg", "ageYears"), ([], -1, 2)).LoadAsync();

        var dose = Clinic.PredictWarfarin(new Patient { AgeYears = 40 }, models).Dose!;

        Assert.Equal(5, dose.Baseline);
        Assert.Equal([new FeatureContribution("ageYears", 40, -0.5), new FeatureContribution("weightKg", null, 0.125)], dose.Contributions);
        Assert.Equal(4.625, dose.Score, 1e-6);
        Assert.Equal(4.625 * 4.625, dose.Value, 1e-5);
    }

    [Fact]
    public async Task Contributions_of_the_same_size_stand_in_the_order_of_their_names()
    {
        var models = await SmallModels.OnlyDose(SmallModels.DoseArchive("weightKg", "heightCm", "ageYears"), ([], -1, 2)).LoadAsync();

        var dose = Clinic.PredictWarfarin(new Patient { WeightKg = 80, HeightCm = 180, AgeYears = 40 }, models).Dose!;

        Assert.Equal(["ageYears", "heightCm", "weightKg"], dose.Contributions.Select(static part => part.Feature));
    }

    [Fact]
    public async Task A_dose_is_never_below_zero()
    {
        var models = await SmallModels.OnlyDose(SmallModels.DoseArchive("weightKg"), ([], -9, 2)).LoadAsync();

        var dose = Clinic.PredictWarfarin(Known, models).Dose!;

        Assert.Equal(0, dose.Interval.Low);
    }

    [Fact]
    public async Task A_later_model_gets_the_score_of_the_one_it_is_chained_to()
    {
        var models = await ModelFolder.OfRepository().LoadAsync();

        var drug = Clinic.PredictWarfarin(Known, models);

        foreach (var endpoint in drug.Adverse.Append(drug.Response!))
        {
            var chained = Assert.Single(endpoint.Contributions, static part => part.Feature == "warfarinPredictedSqrtDose");
            Assert.Equal(drug.Dose!.Score, chained.Value!.Value, 1e-5);
        }
    }

    [Fact]
    public async Task The_primary_response_stands_apart_from_the_others()
    {
        var models = await ModelFolder.OfRepository()
            .Copy("second-response", SmallModels.Suffices)
            .Copy("a-second-harm", SmallModels.Overdoses)
            .LoadAsync();

        var drug = Clinic.PredictWarfarin(Known, models);

        Assert.Equal(SmallModels.Suffices, drug.Response!.Endpoint);
        Assert.Equal("second-response", Assert.Single(drug.OtherResponses).Endpoint);
        Assert.Equal([SmallModels.Overdoses, "a-second-harm"], drug.Adverse.Select(static endpoint => endpoint.Endpoint));
    }
}
