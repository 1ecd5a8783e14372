using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Patients;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Patients;

/// <summary>The dose of a drug: as stated, else as the line of a medication that is taken says.</summary>
public sealed class DosesTests
{
    private const string UnknownDrug = "unknown-drug";

    [Theory]
    [InlineData("simvastatin")]
    [InlineData("Zocor")]
    [InlineData("SIMVASTATIN")]
    public void A_stated_dose_is_known_by_the_canonical_name(string name)
    {
        Assert.Equal(new Dictionary<string, double> { ["simvastatin"] = 40 }, Read(Stated((name, 40))).Profile.DosesMg);
    }

    [Theory]
    [InlineData("florbizol")]
    [InlineData("statin")]
    [InlineData("Vytorin")] // two drugs
    public void A_name_that_is_not_one_drug_is_reported_and_left_out(string name)
    {
        var reading = Read(Stated((name, 40), ("simvastatin", 20)));

        Assert.Equal(["simvastatin"], reading.Profile.DosesMg.Keys);
        var warning = Assert.Single(reading.Warnings);
        Assert.Equal((UnknownDrug, $"/doses/{name}"), (warning.Code, warning.Path));
    }

    [Fact]
    public void A_drug_that_is_named_twice_is_a_fault()
    {
        var faults = Clinic.FaultsOf(new PredictionRequest { Doses = Stated(("simvastatin", 40), ("Zocor", 20)) });

        Assert.Equal(["/doses/Zocor"], faults.Keys);
    }

    [Theory]
    [InlineData("simvastatin 40 mg po qhs", 40.0)]
    [InlineData("simvastatin 20 mg, 2 tablets daily", 40.0)]
    [InlineData("simvastatin 40 mg 0.5 tab daily", 20.0)]
    [InlineData("simvastatin 40 mg 1 tablet daily", 40.0)]
    [InlineData("simvastatin 40 mg 1-2 tablets daily", null)] // leaves it open
    [InlineData("simvastatin 40 mg 30 tablets", null)] // what was dispensed
    [InlineData("simvastatin 20-40 mg daily", null)]
    [InlineData("simvastatin daily", null)]
    [InlineData("simvastatin 40 mg, discontinued", null)]
    [InlineData("simvastatin 20 mg ezetimibe 10 mg daily", null)]
    public void A_line_says_the_dose_unless_it_leaves_a_doubt(string text, double? dose)
    {
        Assert.Equal(dose, DoseOf(Read(null, new Medication { Text = text }), "simvastatin"));
    }

    [Fact]
    public void Another_unit_than_milligrams_says_nothing()
    {
        Assert.Empty(Read(null, new Medication { Text = "levothyroxine 50 mcg daily" }).Profile.DosesMg);
    }

    [Fact]
    public void A_stated_dose_goes_before_a_line()
    {
        var reading = Read(Stated(("simvastatin", 80)), Line("simvastatin 20 mg"), Line("atorvastatin 10 mg"));

        Assert.Equal(80, DoseOf(reading, "simvastatin"));
        Assert.Equal(10, DoseOf(reading, "atorvastatin"));
    }

    [Fact]
    public void Two_lines_with_different_doses_say_nothing()
    {
        Assert.Null(DoseOf(Read(null, Line("simvastatin 20 mg"), Line("simvastatin 40 mg")), "simvastatin"));
        Assert.Equal(20, DoseOf(Read(null, Line("simvastatin 20 mg"), Line("Zocor 20 mg")), "simvastatin"));
    }

    [Fact]
    public void A_line_of_a_medication_that_is_no_longer_taken_says_nothing()
    {
        Assert.Empty(Read(null, new Medication { Text = "simvastatin 20 mg", Status = "stopped" }).Profile.DosesMg);
        Assert.Empty(Read(null, new Medication { Text = "simvastatin 20 mg", Started = Clinic.Today.AddDays(1) }).Profile.DosesMg);
    }

    private static Dictionary<string, double> Stated(params (string Name, double Mg)[] doses) =>
        doses.ToDictionary(static dose => dose.Name, static dose => dose.Mg);

    private static Medication Line(string text) => new() { Text = text };

    private static PatientReading Read(Dictionary<string, double>? doses, params Medication[] medications) =>
        Clinic.Read(new PredictionRequest { Doses = doses, Medications = medications });

    private static double? DoseOf(PatientReading reading, string drug) =>
        reading.Profile.DosesMg.TryGetValue(drug, out var dose) ? dose : null;
}
