using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Scoring;

/// <summary>What is said of inputs that the models lacked: exactly what was not given, and nothing that was.</summary>
public sealed class MissingInputWarningsTests
{
    [Fact]
    public async Task Of_several_inputs_only_those_are_named_that_were_not_given()
    {
        var drug = await PredictAsync(["bodySurfaceArea", "sameTt2r2Score"], new PredictionRequest
        {
            Patient = new Patient { WeightKg = 70, Sex = "female", AgeYears = 50, Smoker = false },
            Conditions = [],
        });

        Assert.Equal(["/medications", "/patient/ancestry", "/patient/heightCm"], Paths(drug, WarningCodes.MissingFeature));
    }

    [Fact]
    public async Task A_gene_that_was_tested_needs_no_ancestry()
    {
        string[] features = ["cyp2c19Phenotype", "cyp2c19UntestedAncestry"];

        var tested = await PredictAsync(features, Diplotype("CYP2C19", "*1/*2"));
        var neither = await PredictAsync(features, new PredictionRequest());
        var ancestry = await PredictAsync(features, new PredictionRequest { Patient = new Patient { Ancestry = "European" } });

        Assert.Empty(Missed(tested));
        Assert.Equal(["/genotype CYP2C19", "/patient/ancestry"], Missed(neither));
        Assert.Equal(["/genotype CYP2C19"], Missed(ancestry));
    }

    [Fact]
    public async Task An_HLA_allele_that_was_given_is_not_missed_with_another()
    {
        var drug = await PredictAsync(["hlaB5701Carrier", "hlaB1502Carrier"], Diplotype("HLA-B", "*57:01 negative"));

        Assert.Equal(["/genotype HLA-B *15:02"], Missed(drug));
    }

    [Fact]
    public async Task A_carrier_whose_ancestry_is_not_known_was_tested()
    {
        var drug = await PredictAsync(["hlaB5701CarrierOfAfricanAncestry"], Diplotype("HLA-B", "*57:01 positive"));

        Assert.Equal(["/patient/ancestry"], Missed(drug));
    }

    [Fact]
    public async Task A_phenotype_that_stands_in_for_alleles_leaves_nothing_to_miss()
    {
        var drug = await PredictAsync(DpydFeatures, new PredictionRequest
        {
            Genotype = new Genotype { Phenotypes = new Dictionary<string, string> { ["DPYD"] = "Intermediate Metabolizer" } },
        });

        Assert.Empty(Missed(drug));
    }

    [Theory]
    [InlineData("cyp2c9ActivityScore")]
    [InlineData("cyp2c9Star2Alleles", "cyp2c9Star3Alleles", "cyp2c9PhenotypeWithoutAlleles")]
    public async Task A_reported_CYP2C9_score_leaves_nothing_to_miss(params string[] features)
    {
        var drug = await PredictAsync(features, new PredictionRequest
        {
            Genotype = new Genotype { ActivityScores = new Dictionary<string, string> { ["CYP2C9"] = "0.5" } },
        });

        Assert.Empty(Missed(drug));
    }

    [Fact]
    public async Task Alleles_that_are_known_leave_no_stand_in_to_miss()
    {
        Assert.Empty(Missed(await PredictAsync(DpydFeatures, Diplotype("DPYD", "Reference/Reference"))));
    }

    [Fact]
    public async Task Variants_that_a_panel_did_not_type_are_named()
    {
        var drug = await PredictAsync(DpydFeatures, new PredictionRequest
        {
            Genotype = new Genotype { Variants = new Dictionary<string, string> { ["rs3918290"] = "C/T" } },
        });

        Assert.Equal(["/genotype DPYD c.2846A>T"], Missed(drug));
    }

    [Fact]
    public async Task Alleles_that_a_panel_did_not_exclude_are_named()
    {
        var drug = await PredictAsync(["cyp2c19Phenotype"], new PredictionRequest
        {
            Genotype = new Genotype { Variants = new Dictionary<string, string> { ["rs12248560"] = "C/T" } },
        });

        var warning = Assert.Single(drug.Warnings, static warning =>
            warning.Code == WarningCodes.MissingGenotype && warning.Message.Contains("the models", StringComparison.Ordinal));
        Assert.Equal("/genotype", warning.Path);
        Assert.StartsWith("CYP2C19 was typed without excluding *2, *3; ", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gene_that_was_not_given_at_all_is_named_once()
    {
        Assert.Equal(["/genotype DPYD c.1905+1G>A, c.2846A>T"], Missed(await PredictAsync(DpydFeatures, new PredictionRequest())));
        Assert.Equal(
            ["/genotype DPYD", "/patient/ancestry"],
            Missed(await PredictAsync([.. DpydFeatures, "dpydUntestedAncestry"], new PredictionRequest())));
    }

    [Fact]
    public async Task A_genotype_that_does_not_decide_the_value_is_named_though_it_was_given()
    {
        // CYP2C9*7 is of uncertain function.
        Assert.Equal(["/genotype CYP2C9"], Missed(await PredictAsync(["cyp2c9ActivityScore"], Diplotype("CYP2C9", "*1/*7"))));
    }

    [Fact]
    public async Task Measurements_and_doses_are_named_by_their_pointers()
    {
        var drug = await PredictAsync(["uracilNgPerMl", "simvastatinDoseMg", "albuminGPerL"], new PredictionRequest
        {
            Measurements = new Dictionary<string, double> { ["albuminGPerL"] = 40 },
        });

        Assert.Equal(["/doses/simvastatin", "/measurements/uracilNgPerMl"], Paths(drug, WarningCodes.MissingFeature));
    }

    [Fact]
    public async Task A_fact_that_the_conditions_do_not_state_is_named()
    {
        string[] features = ["nodePositive", "factorVLeiden", "stroke", "helicobacterPylori"];

        var silent = await PredictAsync(features, new PredictionRequest { Conditions = ["H. pylori"] });
        var stated = await PredictAsync(
            features, new PredictionRequest { Conditions = ["node-negative", "factor V Leiden", "H. pylori negative"] });
        var none = await PredictAsync(features, new PredictionRequest());

        var warning = Assert.Single(silent.Warnings, static warning => warning.Code == WarningCodes.MissingFeature);
        Assert.Equal("/conditions", warning.Path);
        Assert.Contains("node-positive cancer, factor v leiden.", warning.Message, StringComparison.Ordinal);
        Assert.Empty(Missed(stated));
        Assert.Equal(["/conditions"], Missed(none));
    }

    [Fact]
    public async Task Every_input_of_every_feature_can_be_missed()
    {
        var features = FeatureCatalogue.All.Where(static feature => feature.ChainedFrom is null).ToArray();

        var drug = await PredictAsync([.. features.Select(static feature => feature.Name)], new PredictionRequest());

        Assert.Equal(
            features.SelectMany(static feature => feature.Inputs)
                .Where(static input => input.Gene is null)
                .Select(static input => input.Path)
                .Distinct()
                .Order(StringComparer.Ordinal),
            Paths(drug, WarningCodes.MissingFeature));
        Assert.All(
            features.SelectMany(static feature => feature.Inputs).Select(static input => input.Gene).OfType<string>().Distinct(),
            gene => Assert.Single(Missed(drug), missed => missed.StartsWith($"/genotype {gene}", StringComparison.Ordinal)
                && (missed.Length == 10 + gene.Length || missed[10 + gene.Length] == ' ')));
    }

    [Fact]
    public async Task The_drug_itself_is_none_of_its_comedications()
    {
        var request = new PredictionRequest { Medications = [new Medication { Drug = "Coumadin" }] };

        var own = await PredictAsync(["vitaminKAntagonist"], request);
        var other = await PredictAsync(["vitaminKAntagonist"], request with { Medications = [new Medication { Drug = "phenprocoumon" }] });

        Assert.Equal(0, Assert.Single(own.Dose!.Contributions).Value);
        Assert.Equal(1, Assert.Single(other.Dose!.Contributions).Value);
    }

    private static string[] DpydFeatures => ["dpydStar2AAlleles", "dpydC2846Alleles", "dpydPhenotypeWithoutVariants"];

    private static PredictionRequest Diplotype(string gene, string statement) => new()
    {
        Genotype = new Genotype { Diplotypes = new Dictionary<string, IReadOnlyList<string>> { [gene] = [statement] } },
    };

    private static async Task<DrugPrediction> PredictAsync(string[] features, PredictionRequest request)
    {
        var models = await SmallModels.OnlyDose(SmallModels.DoseArchive(features), ([], -1, 1)).LoadAsync();
        return Assert.Single(Clinic.Predict(request with { Candidates = ["warfarin"] }, models).Drugs);
    }

    private static IEnumerable<string> Paths(DrugPrediction drug, string code) =>
        drug.Warnings.Where(warning => warning.Code == code).Select(static warning => warning.Path!).Order(StringComparer.Ordinal);

    // Pointers, and for genes what the message names; guidelines miss genes in other words.
    private static string[] Missed(DrugPrediction drug) =>
    [
        .. drug.Warnings
            .Where(static warning => warning.Code is WarningCodes.MissingFeature or WarningCodes.MissingGenotype
                && warning.Message.Contains("the models", StringComparison.Ordinal))
            .Select(static warning => warning.Code == WarningCodes.MissingFeature
                ? warning.Path!
                : $"{warning.Path} {warning.Message[..warning.Message.IndexOf(" was not given", StringComparison.Ordinal)]}")
            .Order(StringComparer.Ordinal),
    ];
}
