using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Patients;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Patients;

/// <summary>Which entries count as taken on the day of the request.</summary>
public sealed class MedicationHistoryTests
{
    private const string UnknownDrug = "unknown-drug";

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData("active", null, null, true)]
    [InlineData("stopped", null, null, false)]
    [InlineData("stopped", 0, null, false)]
    [InlineData("stopped", null, 1, false)]
    [InlineData(null, 0, null, true)]
    [InlineData(null, 1, null, false)]
    [InlineData("active", 1, null, false)]
    [InlineData(null, null, 0, true)]
    [InlineData(null, null, -1, false)]
    [InlineData("active", null, -1, false)]
    [InlineData(null, -1, 1, true)]
    [InlineData(null, 0, 0, true)]
    [InlineData(null, -2, -1, false)]
    [InlineData(null, 1, 2, false)]
    public void An_entry_counts_between_its_first_and_last_day_unless_stopped(string? status, int? started, int? stopped, bool taken)
    {
        var reading = Read(new Medication { Drug = "digoxin", Status = status, Started = Day(started), Stopped = Day(stopped) });

        Assert.Equal(taken ? ["digoxin"] : [], reading.Profile.ActiveMedications!);
        Assert.Equal(taken ? [new ActiveMedication("digoxin", "/medications/0")] : [], reading.ActiveMedications!);
        Assert.Empty(reading.Warnings);
    }

    [Fact]
    public void A_medication_that_is_taken_again_counts()
    {
        var reading = Read(
            new Medication { Drug = "digoxin", Status = "stopped", Started = Day(-100), Stopped = Day(-50) },
            new Medication { Drug = "digoxin", Started = Day(-3) });

        Assert.Equal([new ActiveMedication("digoxin", "/medications/1")], reading.ActiveMedications!);
    }

    [Fact]
    public void An_entry_that_is_not_known_is_reported_even_when_it_is_stopped()
    {
        var reading = Read(new Medication { Drug = "digoxin" }, new Medication { Drug = "florbizol", Status = "stopped" });

        Assert.Equal(["digoxin"], reading.Profile.ActiveMedications!);
        var warning = Assert.Single(reading.Warnings);
        Assert.Equal((UnknownDrug, "/medications/1/drug"), (warning.Code, warning.Path));
    }

    [Fact]
    public void No_list_is_unknown_and_an_empty_one_says_none()
    {
        Assert.Null(Clinic.Read(new PredictionRequest()).Profile.ActiveMedications);
        Assert.Null(Clinic.Read(new PredictionRequest()).ActiveMedications);
        Assert.Empty(Read().Profile.ActiveMedications!);
    }

    [Fact]
    public void Candidates_are_resolved_once_each_in_the_order_asked_for()
    {
        var reading = Clinic.Read(new PredictionRequest { Candidates = ["clopidogrel", "Coumadin", "florbizol", "warfarin"] });

        Assert.Equal([new Candidate("clopidogrel", "/candidates/0"), new Candidate("warfarin", "/candidates/1")], reading.Candidates!);
        var warning = Assert.Single(reading.Warnings);
        Assert.Equal((UnknownDrug, "/candidates/2"), (warning.Code, warning.Path));
    }

    private static PatientReading Read(params Medication[] medications) => Clinic.Read(new PredictionRequest { Medications = medications });

    private static DateOnly? Day(int? fromToday) => fromToday is { } days ? Clinic.Today.AddDays(days) : null;
}
