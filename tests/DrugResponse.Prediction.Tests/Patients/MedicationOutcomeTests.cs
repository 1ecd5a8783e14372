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
    [InlineData("nausea", null)]
    [InlineData("no rash", null)]
    [InlineData("brash", null)]
    public void An_event_is_known_by_many_words(string words, string? name)
    {
        var read = Assert.Single(Read(new Medication { Drug = "carbamazepine", Outcome = "adverse-event", Event = words }));

        Assert.Equal(name, read.Event);
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
