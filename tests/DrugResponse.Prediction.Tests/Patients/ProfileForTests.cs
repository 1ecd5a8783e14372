using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Patients;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Patients;

/// <summary>What medications make of the profile, and that a drug is none of its own comedications.</summary>
public sealed class ProfileForTests
{
    private const string Cyp2d6 = "CYP2D6";

    [Fact]
    public void The_profile_itself_serves_a_drug_that_the_history_does_not_name()
    {
        var reading = Read("*1/*1", new Medication { Drug = "paroxetine" });

        var withoutHistory = Clinic.Read(new PredictionRequest());

        Assert.Same(reading.Profile, reading.ProfileFor("codeine"));
        Assert.Same(withoutHistory.Profile, withoutHistory.ProfileFor("codeine"));
    }

    [Fact]
    public void A_strong_inhibitor_shifts_the_phenotype_of_every_drug_but_itself()
    {
        var reading = Read("*1/*1", new Medication { Drug = "paroxetine" });

        Assert.Equal("Poor Metabolizer", reading.ProfileFor("codeine").ClinicalPhenotypes[Cyp2d6]);
        Assert.Equal("Normal Metabolizer", reading.ProfileFor("paroxetine").ClinicalPhenotypes[Cyp2d6]);
        Assert.Equal("Normal Metabolizer", reading.Profile.Phenotypes[Cyp2d6]);
    }

    [Fact]
    public void Another_inhibitor_still_shifts_it()
    {
        var reading = Read("*1/*1", new Medication { Drug = "paroxetine" }, new Medication { Drug = "bupropion" });

        Assert.Equal("Poor Metabolizer", reading.ProfileFor("paroxetine").ClinicalPhenotypes[Cyp2d6]);
    }

    [Fact]
    public void An_inhibitor_that_is_washing_out_shifts_it_for_every_drug_but_itself()
    {
        var reading = Read("*1/*1", new Medication { Drug = "fluoxetine", Stopped = Clinic.Today.AddDays(-20) });

        Assert.Equal("Poor Metabolizer", reading.ProfileFor("codeine").ClinicalPhenotypes[Cyp2d6]);
        Assert.Equal("Normal Metabolizer", reading.ProfileFor("fluoxetine").ClinicalPhenotypes[Cyp2d6]);
    }

    [Theory]
    [InlineData("paroxetine", "Poor Metabolizer", false)]
    [InlineData("duloxetine", null, true)]
    [InlineData("sertraline", null, false)]
    public void Without_a_genotype_an_inhibitor_decides_or_is_noted(string drug, string? clinical, bool noted)
    {
        var untested = Clinic.Read(new PredictionRequest { Medications = [new Medication { Drug = drug }] }).Profile;
        var notTested = Read("not tested", new Medication { Drug = drug }).Profile;

        Assert.All([untested, notTested], profile =>
        {
            Assert.Equal(clinical, profile.ClinicalPhenotypes.GetValueOrDefault(Cyp2d6));
            Assert.Equal(noted, profile.InhibitedWithoutGenotype.Contains(Cyp2d6));
            Assert.Empty(profile.Phenotypes);
        });
    }

    [Fact]
    public void A_moderate_inhibitor_is_not_noted_where_the_genotype_is_known()
    {
        var profile = Read("*1/*1", new Medication { Drug = "duloxetine" }).Profile;

        Assert.Empty(profile.InhibitedWithoutGenotype);
        Assert.Equal("Intermediate Metabolizer", profile.ClinicalPhenotypes[Cyp2d6]);
    }

    [Fact]
    public void The_drug_is_not_among_its_own_comedications_nor_does_its_class_count()
    {
        var reading = Read(null, new Medication { Drug = "ibuprofen" }, new Medication { Drug = "omeprazole" });

        var own = reading.ProfileFor("ibuprofen");

        Assert.Equal(["omeprazole"], own.ActiveMedications!);
        Assert.Equal(["omeprazole"], own.RecentMedications!);
        Assert.Equal(0, own.ValueOf("nsaid"));
        Assert.Equal(1, reading.ProfileFor("celecoxib").ValueOf("nsaid"));
    }

    [Fact]
    public void A_class_that_the_history_names_stays()
    {
        var reading = Read(null, new Medication { Drug = "ibuprofen" }, new Medication { Drug = "NSAID" });

        Assert.Equal(1, reading.ProfileFor("ibuprofen").ValueOf("nsaid"));
    }

    [Fact]
    public void Of_a_combination_the_other_part_stays()
    {
        var reading = Read(null, new Medication { Drug = "Vytorin" });

        Assert.Equal(["ezetimibe"], reading.ProfileFor("simvastatin").ActiveMedications!);
    }

    [Fact]
    public void A_history_of_the_drug_alone_says_that_nothing_else_is_taken()
    {
        var own = Read(null, new Medication { Drug = "warfarin" }).ProfileFor("warfarin");

        Assert.Empty(own.ActiveMedications!);
        Assert.Equal(0, own.ValueOf("amiodarone"));
    }

    [Fact]
    public void The_dose_and_the_outcomes_of_the_drug_stay()
    {
        var reading = Clinic.Read(new PredictionRequest
        {
            Medications = [new Medication { Drug = "simvastatin", Outcome = "no-response" }],
            Doses = new Dictionary<string, double> { ["simvastatin"] = 40 },
        });

        var own = reading.ProfileFor("simvastatin");

        Assert.Equal(40, own.DosesMg["simvastatin"]);
        Assert.Single(own.Outcomes!);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("stopped", null, false)]
    [InlineData("stopped", 0, true)]
    [InlineData("stopped", -30, true)]
    [InlineData("stopped", -31, false)]
    [InlineData(null, -1, true)]
    public void What_was_taken_within_thirty_days_is_recent(string? status, int? stopped, bool recent)
    {
        var profile = Read(null, new Medication
        {
            Drug = "brivudine",
            Status = status,
            Stopped = stopped is { } days ? Clinic.Today.AddDays(days) : null,
        }).Profile;

        Assert.Equal(recent ? ["brivudine"] : [], profile.RecentMedications!);
    }

    [Fact]
    public void What_begins_tomorrow_is_not_recent()
    {
        Assert.Empty(Read(null, new Medication { Drug = "brivudine", Started = Clinic.Today.AddDays(1) }).Profile.RecentMedications!);
    }

    [Fact]
    public void Without_a_list_nothing_is_known_of_medications()
    {
        var profile = Clinic.Read(new PredictionRequest()).Profile;

        Assert.Null(profile.RecentMedications);
        Assert.Null(profile.Outcomes);
    }

    private static PatientReading Read(string? cyp2d6, params Medication[] medications)
    {
        var diplotypes = new Dictionary<string, IReadOnlyList<string>>();
        if (cyp2d6 is not null)
            diplotypes.Add(Cyp2d6, [cyp2d6]);
        return Clinic.Read(new PredictionRequest { Genotype = new Genotype { Diplotypes = diplotypes }, Medications = medications });
    }
}
