using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Tests.Support;

namespace DrugResponse.Prediction.Tests.Features;

public sealed class HistoryFeaturesTests
{
    private const string Failed = "no-response";
    private const string Harmed = "adverse-event";

    public static TheoryData<string> Features { get; } =
        ["priorAntidepressantFailures", "priorAntiepilepticFailure", "priorAntiepilepticRash", "priorStimulantFailure"];

    [Theory]
    [MemberData(nameof(Features))]
    public void Nothing_is_known_without_a_list_and_nothing_happened_with_an_empty_one(string feature)
    {
        Assert.Equal(float.NaN, new PatientProfile().ValueOf(feature));
        Assert.Equal(0, Having().ValueOf(feature));
    }

    [Fact]
    public void Different_antidepressants_that_failed_are_counted()
    {
        Assert.Equal(1, Having(("citalopram", Failed, null)).ValueOf("priorAntidepressantFailures"));
        Assert.Equal(1, Having(("citalopram", Failed, null), ("Celexa", Failed, null)).ValueOf("priorAntidepressantFailures"));
        Assert.Equal(2, Having(("citalopram", Failed, null), ("bupropion", Failed, null)).ValueOf("priorAntidepressantFailures"));
        Assert.Equal(2, Having(("citalopram", Failed, null), ("bupropion", Failed, null), ("nortriptyline", Failed, null))
            .ValueOf("priorAntidepressantFailures"));
        Assert.Equal(2, Having(("citalopram", Failed, null), ("tricyclic", Failed, null)).ValueOf("priorAntidepressantFailures"));
    }

    [Theory]
    [InlineData("citalopram", "responded")]
    [InlineData("citalopram", Harmed)]
    [InlineData("quetiapine", Failed)]
    [InlineData("florbizol", Failed)]
    public void Anything_else_is_no_failure_of_an_antidepressant(string drug, string outcome)
    {
        Assert.Equal(0, Having((drug, outcome, null)).ValueOf("priorAntidepressantFailures"));
    }

    [Theory]
    [InlineData("priorAntiepilepticFailure", "levetiracetam", Failed, null, 1)]
    [InlineData("priorAntiepilepticFailure", "anticonvulsant", Failed, null, 1)]
    [InlineData("priorAntiepilepticFailure", "levetiracetam", Harmed, "rash", 0)]
    [InlineData("priorAntiepilepticFailure", "gabapentin", Failed, null, 0)]
    [InlineData("priorAntiepilepticRash", "lamotrigine", Harmed, "SJS", 1)]
    [InlineData("priorAntiepilepticRash", "lamotrigine", Harmed, "headache", 0)]
    [InlineData("priorAntiepilepticRash", "lamotrigine", Harmed, null, 0)]
    [InlineData("priorAntiepilepticRash", "amoxicillin", Harmed, "rash", 0)]
    [InlineData("priorStimulantFailure", "methylphenidate", Failed, null, 1)]
    [InlineData("priorStimulantFailure", "Adderall", Failed, null, 1)]
    [InlineData("priorStimulantFailure", "lisdexamfetamine", Failed, null, 1)]
    [InlineData("priorStimulantFailure", "atomoxetine", Failed, null, 0)]
    public void An_outcome_of_the_class_sets_the_flag(string feature, string drug, string outcome, string? harm, float expected)
    {
        Assert.Equal(expected, Having((drug, outcome, harm)).ValueOf(feature));
    }

    [Theory]
    [InlineData("MH", null, 1)]
    [InlineData("MH", "", 1)]
    [InlineData("", "malignant hyperthermia", 1)]
    [InlineData(null, "malignant hyperthermia", 1)]
    [InlineData("", "", 0)]
    [InlineData("rash", "", 0)]
    [InlineData("", null, float.NaN)]
    [InlineData(null, "", float.NaN)]
    [InlineData(null, null, float.NaN)]
    public void Malignant_hyperthermia_is_known_from_either_list(string? harm, string? condition, float expected)
    {
        var profile = Clinic.Read(new PredictionRequest
        {
            Medications = harm is null ? null
                : harm.Length == 0 ? []
                : [new Medication { Drug = "halothane", Outcome = Harmed, Event = harm }],
            Conditions = condition is null ? null : condition.Length == 0 ? [] : [condition],
        }).Profile;

        Assert.Equal(expected, profile.ValueOf("priorMalignantHyperthermia"));
    }

    [Theory]
    [InlineData("priorMajorBleeding", "major bleeding", "", 1)]
    [InlineData("priorMajorBleeding", "GI bleed", "", 1)]
    [InlineData("priorMajorBleeding", "duodenal ulcer", "", 0)]
    [InlineData("priorMajorBleeding", "", "intracranial haemorrhage", 1)]
    [InlineData("priorMajorBleeding", "GI bleed", null, 1)]
    [InlineData("priorMajorBleeding", "rash", "", 0)]
    [InlineData("priorMajorBleeding", "", null, float.NaN)]
    [InlineData("priorMajorBleeding", null, "", float.NaN)]
    [InlineData("priorMajorBleeding", null, "no major bleeding", float.NaN)]
    [InlineData("priorComplicatedUlcer", "GI bleed", "", 1)]
    [InlineData("priorComplicatedUlcer", "duodenal ulcer", "", 1)]
    [InlineData("priorComplicatedUlcer", "intracranial bleeding", "", 0)]
    [InlineData("priorComplicatedUlcer", "", "bleeding ulcer", 1)]
    [InlineData("priorComplicatedUlcer", "", "", 0)]
    [InlineData("priorComplicatedUlcer", null, "", float.NaN)]
    public void Bleeding_and_ulcers_are_known_from_either_list(string feature, string? harm, string? condition, float expected)
    {
        var profile = Clinic.Read(new PredictionRequest
        {
            Medications = harm is null ? null
                : harm.Length == 0 ? []
                : [new Medication { Drug = "warfarin", Outcome = Harmed, Event = harm }],
            Conditions = condition is null ? null : condition.Length == 0 ? [] : [condition],
        }).Profile;

        Assert.Equal(expected, profile.ValueOf(feature));
    }

    private static PatientProfile Having(params (string Drug, string Outcome, string? Event)[] history) => Clinic.Read(new PredictionRequest
    {
        Medications =
        [
            .. history.Select(static entry =>
                new Medication { Drug = entry.Drug, Status = "stopped", Outcome = entry.Outcome, Event = entry.Event }),
        ],
    }).Profile;
}
