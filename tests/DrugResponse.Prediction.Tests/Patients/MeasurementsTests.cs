using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Patients;

public sealed class MeasurementsTests
{
    public static TheoryData<string> Names { get; } = [.. MeasurementNames.Ranges.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_within_its_range_is_read_and_one_outside_is_a_fault(string name)
    {
        var (min, max) = MeasurementNames.Ranges[name];

        Assert.All([min, max], value => Assert.Equal(value, Clinic.Read(Of((name, value))).Profile.Measurements[name]));
        Assert.All([min - 0.1, max * 1.01], value =>
        {
            var (pointer, messages) = Assert.Single(Clinic.FaultsOf(Of((name, value))));
            Assert.Equal($"/measurements/{name}", pointer);
            Assert.Contains(MeasurementNames.Uracil, Assert.Single(messages), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_name_that_is_not_known_is_a_fault_that_lists_the_known_ones()
    {
        var faults = Clinic.FaultsOf(Of(("albumin", 40), ("ALBUMINGPERL", 40), (MeasurementNames.Uracil, 12)));

        Assert.Equal(["/measurements/ALBUMINGPERL", "/measurements/albumin"], faults.Keys.Order(StringComparer.Ordinal));
        Assert.All(faults.Values, static messages =>
            Assert.All(MeasurementNames.Ranges.Keys, name => Assert.Contains(name, Assert.Single(messages), StringComparison.Ordinal)));
    }

    [Fact]
    public void A_fault_does_not_repeat_the_value()
    {
        var message = Assert.Single(Assert.Single(Clinic.FaultsOf(Of((MeasurementNames.Albumin, 731.25)))).Value);

        Assert.DoesNotContain("731", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_measured_is_absent()
    {
        Assert.Empty(Clinic.Read(new PredictionRequest()).Profile.Measurements);
    }

    private static PredictionRequest Of(params (string Name, double Value)[] measurements) =>
        new() { Measurements = measurements.ToDictionary(static one => one.Name, static one => one.Value) };
}
