using System.Text.Json.Nodes;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Predictions;

/// <summary>Which words of a request are understood, and what becomes of those that are not.</summary>
public sealed class InputWordsTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private const string ComplementStrand = "complement-strand";
    private const string UnknownDrug = "unknown-drug";

    private readonly WholeApp _app = fixture.App;

    [Theory]
    [InlineData("C/T", false)]
    [InlineData("T/C", false)]
    [InlineData("G/A", true)]
    [InlineData("A/G", true)]
    public async Task Rs9923231_is_read_on_either_strand(string bases, bool isComplement)
    {
        var reference = (await _app.PredictAsync(Body.Warfarin())).Prediction;

        var prediction = (await _app.PredictAsync(Body.Warfarin().With("/genotype/variants/rs9923231", bases))).Prediction;

        var (vkorc1, expected) = (GeneOf(prediction, "VKORC1"), GeneOf(reference, "VKORC1"));
        Assert.Equal(expected.Diplotypes, vkorc1.Diplotypes);
        Assert.Equal(expected.Phenotype, vkorc1.Phenotype);
        Assert.Equal("variants", vkorc1.CallSource);
        Assert.Equal(1, prediction.Drugs[0].ValueOf("vkorc1Rs9923231TAlleles"));
        Assert.Equal(reference.Drugs[0].Answers(), prediction.Drugs[0].Answers());
        Assert.Equal(
            isComplement ? ["/genotype/variants/rs9923231"] : [],
            prediction.Warnings.Where(static warning => warning.Code == ComplementStrand).Select(static warning => warning.Path));
    }

    [Theory]
    [InlineData("C/C", 0)]
    [InlineData("G/G", 0)]
    [InlineData("T/T", 2)]
    [InlineData("A/A", 2)]
    public async Task Homozygous_rs9923231_is_counted_on_either_strand(string bases, double variantAlleles)
    {
        var prediction = (await _app.PredictAsync(Body.Warfarin().With("/genotype/variants/rs9923231", bases))).Prediction;

        Assert.Equal(variantAlleles, prediction.Drugs[0].ValueOf("vkorc1Rs9923231TAlleles"));
    }

    [Theory]
    [InlineData("*1/*3", "*1/*3", 1)]
    [InlineData("*3/*1", "*1/*3", 1)]
    [InlineData("*2/*3", "*2/*3", 0.5)]
    public async Task Cyp2c9_is_read_from_a_diplotype_in_either_order(string diplotype, string expected, double score)
    {
        var prediction = (await _app.PredictAsync(Body.Warfarin().With("/genotype/diplotypes/CYP2C9", diplotype))).Prediction;

        Assert.Equal([expected], GeneOf(prediction, "CYP2C9").Diplotypes);
        Assert.Equal(score, prediction.Drugs[0].ValueOf("cyp2c9ActivityScore"));
    }

    [Theory]
    [InlineData("Coumadin")]
    [InlineData("WARFARIN sodium")]
    [InlineData(" warfarin ")]
    public async Task A_brand_or_salt_is_the_drug(string name)
    {
        var reference = (await _app.PredictAsync(Body.Warfarin())).Prediction;

        var prediction = (await _app.PredictAsync(Body.Warfarin().With("/candidates", Candidates(name)))).Prediction;

        var drug = Assert.Single(prediction.Drugs);
        Assert.Equal("warfarin", drug.Drug);
        Assert.Equal(reference.Drugs[0].Answers(), drug.Answers());
    }

    [Fact]
    public async Task A_drug_that_is_named_twice_is_scored_once()
    {
        var prediction = (await _app.PredictAsync(Body.Warfarin().With("/candidates", Candidates("Coumadin", "warfarin")))).Prediction;

        Assert.Single(prediction.Drugs);
    }

    [Fact]
    public async Task A_candidate_that_is_not_known_is_reported_and_left_out()
    {
        var prediction = (await _app.PredictAsync(Body.Warfarin().With("/candidates", Candidates("warfarin", "florbizol")))).Prediction;

        Assert.Equal("warfarin", Assert.Single(prediction.Drugs).Drug);
        Assert.Equal("/candidates/1", Assert.Single(prediction.Warnings, static warning => warning.Code == UnknownDrug).Path);
    }

    [Fact]
    public async Task A_candidate_without_a_model_says_so()
    {
        var prediction = (await _app.PredictAsync(Body.Warfarin().With("/candidates", Candidates("prasugrel", "warfarin")))).Prediction;

        Assert.Equal(["prasugrel", "warfarin"], prediction.Drugs.Select(static drug => drug.Drug));
        var unscored = prediction.Drugs[0];
        Assert.Null(unscored.Response);
        Assert.Null(unscored.Dose);
        Assert.Empty(unscored.Adverse);
        Assert.Equal("/candidates/0", Assert.Single(unscored.Warnings, static warning => warning.Code == WarningCodes.NoModel).Path);
    }

    [Fact]
    public async Task A_condition_that_is_not_known_is_reported_and_left_out()
    {
        var reference = (await _app.PredictAsync(Body.Warfarin())).Prediction;

        var prediction = (await _app.PredictAsync(Body.Warfarin().WithJson("/conditions", """["heart failure", "grumbling"]"""))).Prediction;

        Assert.Equal("/conditions/1", Assert.Single(prediction.Warnings, static warning => warning.Code == WarningCodes.UnknownCondition).Path);
        Assert.Equal(reference.Drugs[0].Answers(), prediction.Drugs[0].Answers());
    }

    [Fact]
    public async Task An_ancestry_that_is_not_known_is_reported_and_counts_as_not_given()
    {
        var absent = (await _app.PredictAsync(Body.Warfarin().Without("/patient/ancestry"))).Prediction;

        var prediction = (await _app.PredictAsync(Body.Warfarin().With("/patient/ancestry", "Martian"))).Prediction;

        Assert.Equal("/patient/ancestry", Assert.Single(prediction.Warnings, static warning => warning.Code == WarningCodes.UnknownAncestry).Path);
        Assert.Null(prediction.Drugs[0].ValueOf("ancestryAsian"));
        Assert.Equal(absent.Drugs[0].Answers(), prediction.Drugs[0].Answers());
    }

    [Theory]
    [InlineData("drug", "florbizol")]
    [InlineData("rxNorm", "999999999")]
    [InlineData("atc", "Z99ZZ99")]
    [InlineData("text", "florbizol 10 mg po bid")]
    public async Task A_medication_that_is_not_known_is_reported(string member, string value)
    {
        var prediction = (await _app.PredictAsync(
            Body.Warfarin().WithJson("/medications", $$"""[{ "drug": "amiodarone" }, { "{{member}}": "{{value}}" }]"""))).Prediction;

        Assert.Equal($"/medications/1/{member}", Assert.Single(prediction.Warnings, static warning => warning.Code == UnknownDrug).Path);
        Assert.Equal(1, prediction.Drugs[0].ValueOf("amiodarone"));
    }

    private static GenePhenotype GeneOf(PredictionResponse prediction, string gene) =>
        Assert.Single(prediction.Phenotypes, phenotype => phenotype.Gene == gene);

    private static JsonArray Candidates(params string[] names) => [.. names.Select(static name => (JsonNode)name)];
}
