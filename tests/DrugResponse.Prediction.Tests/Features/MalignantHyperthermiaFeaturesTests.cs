using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Features;

public sealed class MalignantHyperthermiaFeaturesTests
{
    [Theory]
    [InlineData("ryr1Pathogenic", "RYR1", "c.7300G>A/Reference", 1)]
    [InlineData("ryr1Pathogenic", "RYR1", "Reference/Reference", 0)]
    [InlineData("cacna1sPathogenic", "CACNA1S", "c.520C>T/Reference", 1)]
    [InlineData("cacna1sPathogenic", "CACNA1S", "Reference/Reference", 0)]
    [InlineData("cacna1sPathogenic", "RYR1", "c.7300G>A/Reference", float.NaN)]
    public void A_diplotype_tells(string feature, string gene, string diplotype, float expected)
    {
        Assert.Equal(expected, Profiles.OfDiplotype(gene, diplotype).ValueOf(feature));
    }

    [Theory]
    [InlineData("Malignant Hyperthermia Susceptibility", 1)]
    [InlineData("Uncertain Susceptibility", 0)]
    public void A_reported_phenotype_tells(string phenotype, float expected)
    {
        Assert.Equal(expected, Profiles.OfPhenotype("RYR1", phenotype).ValueOf("ryr1Pathogenic"));
    }

    [Fact]
    public void A_variant_that_was_found_tells_and_one_that_was_not_does_not()
    {
        Assert.Equal(1, Profiles.OfVariants(("rs118192178", "C/T")).ValueOf("ryr1Pathogenic"));
        Assert.Equal(float.NaN, Profiles.OfVariants(("rs118192178", "C/C")).ValueOf("ryr1Pathogenic"));
    }

    [Fact]
    public void A_gene_that_was_typed_in_full_tells()
    {
        var both = Profiles.OfVariants(("rs1800559", "C/C"), ("rs772226819", "G/G"));
        var one = Profiles.OfVariants(("rs1800559", "C/C"));

        Assert.Equal(0, both.ValueOf("cacna1sPathogenic"));
        Assert.Equal(float.NaN, one.ValueOf("cacna1sPathogenic"));
    }

    [Theory]
    [InlineData(Sex.Male, true, 1)]
    [InlineData(Sex.Male, false, 0)]
    [InlineData(Sex.Female, true, 0)]
    [InlineData(Sex.Female, null, 0)]
    [InlineData(null, false, 0)]
    [InlineData(null, true, float.NaN)]
    [InlineData(Sex.Male, null, float.NaN)]
    [InlineData(null, null, float.NaN)]
    public void Men_among_carriers_are_known_from_both(Sex? sex, bool? carries, float expected)
    {
        var profile = new PatientProfile
        {
            Sex = sex,
            Phenotypes = carries is { } known
                ? new Dictionary<string, string> { ["RYR1"] = known ? "Malignant Hyperthermia Susceptibility" : "Uncertain Susceptibility" }
                : new Dictionary<string, string>(),
        };

        Assert.Equal(expected, profile.ValueOf("maleRyr1Pathogenic"));
    }
}
