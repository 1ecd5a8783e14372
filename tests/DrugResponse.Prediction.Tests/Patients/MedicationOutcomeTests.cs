using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Patients;

/// <summary>What came of medications.</summary>
public sealed class MedicationOutcomeTests
{
    [Theory]
    [InlineData("responded", MedicationOutcomeKind.Responded)]
    [InlineData("no-response", MedicationOutcomeKind.NoResponse)]
    [InlineData("adverse-event", MedicationOutcomeKind.AdverseEvent)]
    public void An_outcome_carries_the_drug_with_its_classes(string outcome, MedicationOutcomeKind kind)
    {
        var read = Assert.Single(Read(new Medication { Drug = "Celexa", Status = "stopped", Outcome = outcome }));

        Assert.Equal(kind, read.Kind);
        Assert.Null(read.Event);
        Assert.Superset(
            new HashSet<string> { "citalopram", MedicationNames.Ssri, MedicationNames.SsriOrSnri, MedicationNames.Antidepressant },
            read.Names.ToHashSet());
    }

    [Fact]
    public void Entries_without_an_outcome_have_none()
    {
        Assert.Empty(Read(new Medication { Drug = "citalopram" }));
    }

    [Theory]
    [InlineData("rash", AdverseEventNames.Rash)]
    [InlineData("Rash", AdverseEventNames.Rash)]
    [InlineData("maculopapular exanthema", AdverseEventNames.Rash)]
    [InlineData("SJS", AdverseEventNames.Rash)]
    [InlineData("SJS/TEN", AdverseEventNames.Rash)]
    [InlineData("Stevens-Johnson syndrome", AdverseEventNames.Rash)]
    [InlineData("Stevens–Johnson Syndrome", AdverseEventNames.Rash)]
    [InlineData("DRESS", AdverseEventNames.Rash)]
    [InlineData("hypersensitivity", AdverseEventNames.Rash)]
    [InlineData("hives", AdverseEventNames.Rash)]
    [InlineData("fever and rash", AdverseEventNames.Rash)]
    [InlineData("nausea, urticaria", AdverseEventNames.Rash)]
    [InlineData("MH", AdverseEventNames.MalignantHyperthermia)]
    [InlineData("malignant hyperpyrexia", AdverseEventNames.MalignantHyperthermia)]
    [InlineData("Malignant  Hyperthermia (MH)", AdverseEventNames.MalignantHyperthermia)]
    [InlineData("major bleeding", AdverseEventNames.Bleeding)]
    [InlineData("Haemorrhage", AdverseEventNames.Bleeding)]
    [InlineData("intracranial hemorrhage", AdverseEventNames.Bleeding)]
    [InlineData("GI bleed", AdverseEventNames.GastrointestinalBleeding)]
    [InlineData("bleeding ulcer", AdverseEventNames.GastrointestinalBleeding)]
    [InlineData("duodenal ulcer", AdverseEventNames.PepticUlcer)]
    [InlineData("respiratory depression", AdverseEventNames.RespiratoryDepression)]
    [InlineData("anaphylactic shock", AdverseEventNames.Anaphylaxis)]
    [InlineData("aspirin-exacerbated respiratory disease", AdverseEventNames.Bronchospasm)]
    [InlineData("Rhabdomyolysis", AdverseEventNames.Myopathy)]
    [InlineData("agranulocytosis", AdverseEventNames.Leukopenia)]
    [InlineData("bleeding gums", null)]
    [InlineData("nausea", null)]
    [InlineData("no rash", null)]
    [InlineData("brash", null)]
    public void An_event_is_known_by_many_words(string words, string? name)
    {
        var read = Assert.Single(Read(new Medication { Drug = "carbamazepine", Outcome = "adverse-event", Event = words }));

        Assert.Equal(name, read.Event);
    }

    [Fact]
    public void Several_events_of_one_entry_are_as_many_outcomes()
    {
        var read = Read(new Medication { Drug = "ibuprofen", Outcome = "adverse-event", Event = "rash, GI bleed and hives" });

        Assert.Equal([AdverseEventNames.Rash, AdverseEventNames.GastrointestinalBleeding], read.Select(static outcome => outcome.Event));
        Assert.All(read, static outcome => Assert.Contains("ibuprofen", outcome.Names));
    }

    [Fact]
    public void An_event_stands_even_where_the_drug_is_not_known()
    {
        var read = Assert.Single(Read(new Medication { Drug = "florbizol", Outcome = "adverse-event", Event = "MH" }));

        Assert.Empty(read.Names);
        Assert.Equal(AdverseEventNames.MalignantHyperthermia, read.Event);
    }

    private static IReadOnlyList<MedicationOutcome> Read(params Medication[] medications) =>
        Clinic.Read(new PredictionRequest { Medications = medications }).Profile.Outcomes!;
}
