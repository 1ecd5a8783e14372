using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Features;

public sealed class HlaFeaturesTests
{
    [Theory]
    [InlineData("hlaB5701Carrier", "HLA-B", "*57:01 positive", 1)]
    [InlineData("hlaB5701Carrier", "HLA-B", "*57:01 negative", 0)]
    [InlineData("hlaB5701Carrier", "HLA-B", "*58:01 positive", float.NaN)]
    [InlineData("hlaB5701Carrier", "HLA-B", "*57:01/*44:02", 1)]
    [InlineData("hlaB5701Carrier", "HLA-B", "*07:02/*44:02", 0)]
    [InlineData("hlaB5701Carrier", "HLA-B", "*57/*44:02", float.NaN)]
    [InlineData("hlaB1502Carrier", "HLA-B", "*15:02/*44:02", 1)]
    [InlineData("hlaB1502Carrier", "HLA-B", "*07:02/*44:02", 0)]
    [InlineData("hlaB5801Carrier", "HLA-B", "*58:01/*58:01", 1)]
    [InlineData("hlaB1511Carrier", "HLA-B", "*15:11 positive", 1)]
    [InlineData("hlaB1511Carrier", "HLA-B", "*15:11/*44:02", 1)]
    [InlineData("hlaB1511Carrier", "HLA-B", "*15:02/*44:02", 0)]
    [InlineData("hlaB1511Carrier", "HLA-B", "*15/*44:02", float.NaN)]
    [InlineData("hlaB1511Carrier", "HLA-B", "*15:02 negative", float.NaN)]
    [InlineData("hlaB1502Carrier", "HLA-B", "*15:11 positive", float.NaN)]
    [InlineData("hlaA3101Carrier", "HLA-A", "*31:01/*02:01", 1)]
    [InlineData("hlaA3101Carrier", "HLA-A", "*31:01 negative", 0)]
    [InlineData("hlaA3101Carrier", "HLA-B", "*57:01 positive", float.NaN)]
    public void A_carrier_is_known_by_statement_or_typing(string feature, string gene, string statement, float carrier)
    {
        Assert.Equal(carrier, Profiles.OfDiplotype(gene, statement).ValueOf(feature));
    }

    [Theory]
    [InlineData("*57:01 positive", 1)]
    [InlineData("*57:01 negative", 0)]
    public void A_carrier_is_known_by_reported_phenotype(string phenotype, float carrier)
    {
        Assert.Equal(carrier, Profiles.OfPhenotype("HLA-B", phenotype).ValueOf("hlaB5701Carrier"));
    }

    [Theory]
    [InlineData(true, AncestryGroup.AfricanAmerican, 1)]
    [InlineData(true, AncestryGroup.SubSaharanAfrican, 1)]
    [InlineData(true, AncestryGroup.European, 0)]
    [InlineData(true, null, float.NaN)]
    [InlineData(false, AncestryGroup.AfricanAmerican, 0)]
    [InlineData(false, null, 0)]
    [InlineData(null, AncestryGroup.AfricanAmerican, float.NaN)]
    [InlineData(null, AncestryGroup.European, float.NaN)]
    public void A_carrier_of_African_ancestry_is_known_from_both(bool? carries, AncestryGroup? ancestry, float expected)
    {
        var profile = new PatientProfile
        {
            Ancestry = ancestry,
            HlaAlleles = carries is { } known ? new Dictionary<string, bool> { ["HLA-B*57:01"] = known } : new Dictionary<string, bool>(),
        };

        Assert.Equal(expected, profile.ValueOf("hlaB5701CarrierOfAfricanAncestry"));
    }
}
