using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Features;

/// <summary>Measurements, doses and body size.</summary>
public sealed class AmountFeaturesTests
{
    public static TheoryData<string> Measurements { get; } = [.. MeasurementNames.Ranges.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Measurements))]
    public void Every_measurement_is_a_feature_of_its_name(string name)
    {
        Assert.Equal(12.5f, new PatientProfile { Measurements = new Dictionary<string, double> { [name] = 12.5 } }.ValueOf(name));
        Assert.Equal(float.NaN, new PatientProfile().ValueOf(name));
        Assert.True(FeatureCatalogue.TryGet(name, out var feature));
        Assert.Equal(MeasurementNames.Ranges[name], (feature.Min, feature.Max));
        Assert.Equal($"/measurements/{name}", Assert.Single(feature.Inputs).Path);
    }

    [Theory]
    [InlineData("simvastatinDoseMg", "simvastatin")]
    [InlineData("atorvastatinDoseMg", "atorvastatin")]
    [InlineData("ibuprofenDoseMg", "ibuprofen")]
    [InlineData("celecoxibDoseMg", "celecoxib")]
    public void A_dose_is_a_feature_of_its_drug(string name, string drug)
    {
        Assert.Equal(40, Dosed(drug, 40).ValueOf(name));
        Assert.Equal(float.NaN, Dosed("warfarin", 5).ValueOf(name));
        Assert.True(FeatureCatalogue.TryGet(name, out var feature));
        Assert.Equal($"/doses/{drug}", Assert.Single(feature.Inputs).Path);
    }

    [Theory]
    [InlineData(100, 80.0, 1.25f)]
    [InlineData(100, null, float.NaN)]
    [InlineData(null, 80.0, float.NaN)]
    public void Succinylcholine_is_dosed_by_weight(int? dose, double? weight, float expected)
    {
        Assert.Equal(expected, (Dosed("succinylcholine", dose) with { WeightKg = weight }).ValueOf("succinylcholineDoseMgPerKg"));
    }

    [Theory]
    [InlineData(100, 50.0, 2f)]
    [InlineData(100, 0.0, 1000f)]
    [InlineData(100, null, float.NaN)]
    [InlineData(null, 50.0, float.NaN)]
    public void Allopurinol_is_dosed_by_kidney_function(int? dose, double? eGfr, float expected)
    {
        Assert.Equal(expected, (Dosed("allopurinol", dose) with { EGfr = eGfr }).ValueOf("allopurinolDosePerEGfr"));
    }

    [Theory]
    [InlineData(81.0, 180.0, 25f)]
    [InlineData(null, 180.0, float.NaN)]
    [InlineData(81.0, null, float.NaN)]
    public void The_body_mass_index_needs_weight_and_height(double? weight, double? height, float expected)
    {
        Assert.Equal(expected, new PatientProfile { WeightKg = weight, HeightCm = height }.ValueOf("bodyMassIndex"));
    }

    private static PatientProfile Dosed(string drug, int? mg) =>
        mg is { } dose ? new() { DosesMg = new Dictionary<string, double> { [drug] = dose } } : new();
}
