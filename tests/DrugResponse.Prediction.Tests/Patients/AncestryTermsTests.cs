using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Patients;

public sealed class AncestryTermsTests
{
    [Theory]
    [InlineData("European", AncestryGroup.European)]
    [InlineData("white", AncestryGroup.European)]
    [InlineData("Caucasian", AncestryGroup.European)]
    [InlineData("East Asian", AncestryGroup.EastAsian)]
    [InlineData("east-asian", AncestryGroup.EastAsian)]
    [InlineData("EAST_ASIAN", AncestryGroup.EastAsian)]
    [InlineData("EastAsian", AncestryGroup.EastAsian)]
    [InlineData("Central/South Asian", AncestryGroup.CentralSouthAsian)]
    [InlineData("Asian", AncestryGroup.Asian)]
    [InlineData("Black or African American", AncestryGroup.AfricanAmerican)]
    [InlineData("African American/Afro-Caribbean", AncestryGroup.AfricanAmerican)]
    [InlineData("Sub-Saharan African", AncestryGroup.SubSaharanAfrican)]
    [InlineData("Latino", AncestryGroup.Latino)]
    [InlineData("Near Eastern", AncestryGroup.NearEastern)]
    [InlineData("Oceanian", AncestryGroup.Oceanian)]
    [InlineData("American", AncestryGroup.American)]
    [InlineData("Missing or Mixed Race", AncestryGroup.MixedOrOther)]
    [InlineData("other", AncestryGroup.MixedOrOther)]
    public void A_term_stands_for_its_group(string term, AncestryGroup group)
    {
        var reading = Clinic.Read(Of(term));

        Assert.Equal(group, reading.Profile.Ancestry);
        Assert.Empty(reading.Warnings);
    }

    [Theory]
    [InlineData("Martian")]
    [InlineData("4")]
    [InlineData("European, Asian")]
    [InlineData("unknown")]
    public void Any_other_term_is_reported_and_counts_as_not_given(string term)
    {
        var reading = Clinic.Read(Of(term));

        Assert.Null(reading.Profile.Ancestry);
        var warning = Assert.Single(reading.Warnings);
        Assert.Equal((WarningCodes.UnknownAncestry, "/patient/ancestry"), (warning.Code, warning.Path));
    }

    [Fact]
    public void Nothing_is_reported_when_none_is_given()
    {
        var reading = Clinic.Read(new PredictionRequest { Patient = new Patient() });

        Assert.Null(reading.Profile.Ancestry);
        Assert.Empty(reading.Warnings);
    }

    [Fact]
    public void Every_group_that_the_warning_names_is_a_term()
    {
        var warning = Assert.Single(Clinic.Read(Of("Martian")).Warnings);
        var names = warning.Message[(warning.Message.IndexOf("Known: ", StringComparison.Ordinal) + 7)..].TrimEnd('.').Split(", ");

        Assert.All(names, static name => Assert.NotNull(Clinic.Read(Of(name)).Profile.Ancestry));
        Assert.Equal(Enum.GetValues<AncestryGroup>().Length, names.Select(static name => Clinic.Read(Of(name)).Profile.Ancestry).Distinct().Count());
    }

    private static PredictionRequest Of(string ancestry) => new() { Patient = new Patient { Ancestry = ancestry } };
}
