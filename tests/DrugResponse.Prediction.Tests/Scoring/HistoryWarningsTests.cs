using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Scoring;

/// <summary>What the history says against giving a drug again, whether or not a model exists for it.</summary>
public sealed class HistoryWarningsTests
{
    private const string Harmed = "adverse-event";

    [Theory]
    [InlineData("carbamazepine", "carbamazepine")]
    [InlineData("carbamazepine", "oxcarbazepine")]
    [InlineData("phenytoin", "carbamazepine")]
    [InlineData("simvastatin", "atorvastatin")]
    [InlineData("statin", "rosuvastatin")]
    [InlineData("paroxetine", "citalopram")]
    [InlineData("azathioprine", "mercaptopurine")]
    [InlineData("capecitabine", "fluorouracil")]
    [InlineData("halothane", "sevoflurane")]
    [InlineData("naproxen", "celecoxib")]
    [InlineData("aspirin", "ibuprofen")]
    [InlineData("ibuprofen", "aspirin")]
    [InlineData("morphine", "codeine")]
    [InlineData("tramadol", "codeine")]
    [InlineData("clomipramine", "amitriptyline")]
    [InlineData("pantoprazole", "omeprazole")]
    [InlineData("Plavix", "clopidogrel")]
    public async Task Harm_by_the_drug_or_by_one_of_its_class_is_said(string taken, string candidate)
    {
        var past = new Medication { Drug = taken, Status = "stopped", Outcome = Harmed };

        var warning = Assert.Single(await WarningsAsync(candidate, Bisoprolol, past));

        Assert.Equal((WarningCodes.PreviousAdverseEvent, "/medications/1"), (warning.Code, warning.Path));
        Assert.Contains(candidate, warning.Message, StringComparison.Ordinal);
        Assert.Contains("/medications/1", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lamotrigine", "carbamazepine")]
    [InlineData("metoprolol", "codeine")]
    [InlineData("florbizol", "codeine")]
    [InlineData("succinylcholine", "sevoflurane")]
    [InlineData("sertraline", "amitriptyline")]
    [InlineData("acetaminophen", "ibuprofen")]
    public async Task Harm_by_another_drug_is_not(string taken, string candidate)
    {
        Assert.Empty(await WarningsAsync(candidate, new Medication { Drug = taken, Outcome = Harmed }));
    }

    [Theory]
    [InlineData("lamotrigine", "rash", "carbamazepine", "anticonvulsant")]
    [InlineData("phenytoin", "SJS", "carbamazepine", "aromatic anticonvulsant")]
    [InlineData("valproic acid", "headache and hives", "phenytoin", "anticonvulsant")]
    [InlineData("succinylcholine", "malignant hyperthermia", "sevoflurane", "trigger of malignant hyperthermia")]
    [InlineData("sevoflurane", "MH", "succinylcholine", "trigger of malignant hyperthermia")]
    [InlineData("halothane", "hepatitis", "sevoflurane", "volatile anaesthetic")]
    [InlineData("aspirin", "bronchospasm", "celecoxib", "nsaid or aspirin")]
    public async Task Harm_of_a_kind_is_said_of_every_drug_that_may_do_it(string taken, string harm, string candidate, string group)
    {
        var warning = Assert.Single(await WarningsAsync(candidate, new Medication { Drug = taken, Outcome = Harmed, Event = harm }));

        Assert.Equal(WarningCodes.PreviousAdverseEvent, warning.Code);
        Assert.Contains($"({group}) harmed this patient before: ", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lamotrigine", "headache", "carbamazepine")]
    [InlineData("succinylcholine", "rash", "sevoflurane")]
    public async Task Harm_of_another_kind_is_not(string taken, string harm, string candidate)
    {
        Assert.Empty(await WarningsAsync(candidate, new Medication { Drug = taken, Outcome = Harmed, Event = harm }));
    }

    [Fact]
    public async Task Failure_is_said_of_the_drug_itself_only()
    {
        var medication = new Medication { Drug = "citalopram", Outcome = "no-response" };

        var warning = Assert.Single(await WarningsAsync("citalopram", medication));

        Assert.Equal((WarningCodes.PreviousNoResponse, "/medications/0"), (warning.Code, warning.Path));
        Assert.Empty(await WarningsAsync("escitalopram", medication));
    }

    [Fact]
    public async Task A_drug_that_helped_is_not_warned_of()
    {
        Assert.Empty(await WarningsAsync("citalopram", new Medication { Drug = "citalopram", Outcome = "responded" }));
    }

    [Fact]
    public async Task The_callers_words_are_not_repeated()
    {
        var warnings = await WarningsAsync(
            "carbamazepine", new Medication { Drug = "carbamazepine", Outcome = Harmed, Event = "blisters after the wedding in Leeds" });

        Assert.DoesNotContain("Leeds", Assert.Single(warnings).Message, StringComparison.Ordinal);
    }

    private static Medication Bisoprolol => new() { Drug = "bisoprolol" };

    private static async Task<IReadOnlyList<Warning>> WarningsAsync(string candidate, params Medication[] medications)
    {
        ModelSet models = await SmallModels.OnlyDose(SmallModels.DoseArchive("ageYears"), ([], -1, 1)).LoadAsync();

        var request = new PredictionRequest { Medications = medications, Candidates = [candidate] };

        var drug = Assert.Single(Clinic.Predict(request, models).Drugs);

        return [.. drug.Warnings.Where(static warning => warning.Code.StartsWith("previous-", StringComparison.Ordinal))];
    }
}
