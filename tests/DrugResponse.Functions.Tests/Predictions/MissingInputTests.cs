using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Predictions;

/// <summary>What is not given is said, widens the interval, and is never made up.</summary>
public sealed class MissingInputTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private readonly WholeApp _app = fixture.App;

    [Fact]
    public async Task Nothing_is_missing_when_everything_is_given()
    {
        var drug = await DrugOfAsync(Body.Warfarin());

        Assert.Empty(GenesThatModelsMiss(drug));
        Assert.DoesNotContain(WarningCodes.MissingFeature, drug.Warnings.Codes());
        Assert.All(
            drug.AllContributions().Where(static part => !part.Feature.Contains("Without", StringComparison.Ordinal)),
            static part => Assert.NotNull(part.Value));
    }

    [Theory]
    [InlineData("VKORC1", "/genotype/variants", "vkorc1Rs9923231TAlleles")]
    [InlineData("CYP2C9", "/genotype/diplotypes/CYP2C9", "cyp2c9ActivityScore")]
    public async Task A_gene_that_was_not_given_is_named_and_widens_the_intervals(string gene, string pointer, string feature)
    {
        var known = await DrugOfAsync(Body.Warfarin());

        var unknown = await DrugOfAsync(Body.Warfarin().Without(pointer));

        var warning = Assert.Single(GenesThatModelsMiss(unknown));
        Assert.StartsWith(gene, warning.Message, StringComparison.Ordinal);
        Assert.Equal("/genotype", warning.Path);
        Assert.Null(unknown.ValueOf(feature));
        AssertWider(unknown, known);
    }

    [Fact]
    public async Task No_genotype_at_all_is_wider_than_one_gene_missing()
    {
        var withoutOne = await DrugOfAsync(Body.Warfarin().Without("/genotype/variants"));

        var withoutBoth = await DrugOfAsync(Body.Warfarin().Without("/genotype"));

        Assert.Equal(["CYP2C9", "CYP4F2", "VKORC1"], GenesThatModelsMiss(withoutBoth).Select(static warning => warning.Message.Split(' ')[0]).Order());
        Assert.Null(withoutBoth.ValueOf("vkorc1Rs9923231TAlleles"));
        Assert.Null(withoutBoth.ValueOf("cyp2c9ActivityScore"));
        Assert.True(withoutBoth.IntervalWidths()[0] > withoutOne.IntervalWidths()[0]);
    }

    [Theory]
    [InlineData("/patient/weightKg", "weightKg")]
    [InlineData("/patient/ageYears", "ageDecade")]
    [InlineData("/patient/heightCm", "heightCm")]
    [InlineData("/patient/smoker", "smoker")]
    [InlineData("/patient/ancestry", "ancestryAsian")]
    [InlineData("/medications", "amiodarone")]
    [InlineData("/conditions", "heartFailureOrCardiomyopathy")]
    public async Task A_member_that_was_not_given_is_named_and_has_no_value(string pointer, string feature)
    {
        var drug = await DrugOfAsync(Body.Warfarin().Without(pointer));

        var warning = Assert.Single(drug.Warnings, static warning => warning.Code == WarningCodes.MissingFeature);
        Assert.Equal(pointer, warning.Path);
        Assert.Null(drug.ValueOf(feature));
    }

    [Fact]
    public async Task A_missing_weight_widens_the_dose_interval()
    {
        var known = await DrugOfAsync(Body.Warfarin());

        var unknown = await DrugOfAsync(Body.Warfarin().Without("/patient/weightKg"));

        Assert.True(unknown.IntervalWidths()[0] > known.IntervalWidths()[0]);
    }

    [Fact]
    public async Task A_member_that_is_null_counts_as_not_given()
    {
        var absent = await DrugOfAsync(Body.Warfarin().Without("/patient/weightKg"));

        var isNull = await DrugOfAsync(Body.Warfarin().With("/patient/weightKg", null));

        Assert.Equal(absent.Answers(), isNull.Answers());
        Assert.Equal(absent.Warnings, isNull.Warnings);
    }

    [Fact]
    public async Task An_empty_list_says_none_and_an_absent_one_says_unknown()
    {
        var none = await DrugOfAsync(Body.Warfarin().WithJson("/medications", "[]").WithJson("/conditions", "[]"));
        var unknown = await DrugOfAsync(Body.Warfarin().Without("/medications", "/conditions"));

        Assert.Equal(0, none.ValueOf("amiodarone"));
        Assert.Equal(0, none.ValueOf("heartFailureOrCardiomyopathy"));
        Assert.Null(unknown.ValueOf("amiodarone"));
        Assert.Null(unknown.ValueOf("heartFailureOrCardiomyopathy"));
    }

    [Fact]
    public async Task A_gene_that_could_not_be_called_counts_as_not_given()
    {
        var absent = await DrugOfAsync(Body.Warfarin().Without("/genotype/diplotypes/CYP2C9"));

        var notTested = await DrugOfAsync(Body.Warfarin().With("/genotype/diplotypes/CYP2C9", "not tested"));

        Assert.Equal(absent.Answers(), notTested.Answers());
        Assert.Single(GenesThatModelsMiss(notTested));
    }

    [Fact]
    public async Task A_value_outside_the_training_data_is_named()
    {
        var drug = await DrugOfAsync(Body.Warfarin().With("/patient/weightKg", 320));

        var warning = Assert.Single(drug.Warnings, static warning => warning.Code == WarningCodes.OutOfTrainingRange);
        Assert.Equal("/patient/weightKg", warning.Path);
        Assert.Contains("320", warning.Message, StringComparison.Ordinal);
    }

    private async Task<DrugPrediction> DrugOfAsync(Body body) => Assert.Single((await _app.PredictAsync(body)).Prediction.Drugs);

    // Guidelines look at genes too, some of which no model uses.
    private static IReadOnlyList<Warning> GenesThatModelsMiss(DrugPrediction drug) =>
    [
        .. drug.Warnings.Where(static warning =>
            warning.Code == WarningCodes.MissingGenotype && warning.Message.Contains("the models", StringComparison.Ordinal)),
    ];

    private static void AssertWider(DrugPrediction wide, DrugPrediction narrow) =>
        Assert.All(wide.IntervalWidths().Zip(narrow.IntervalWidths()), static widths => Assert.True(widths.First > widths.Second));
}
