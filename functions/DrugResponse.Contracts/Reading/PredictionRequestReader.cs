using System.Text.Json;
using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Contracts.Reading;

/// <summary>
/// Reads a <see cref="PredictionRequest"/> from JSON and reports all faults of form at once: wrong types, values out of
/// range, unknown and repeated members. Whether genes, alleles, drugs and measurements exist is not its business. Thread-safe.
/// </summary>
public static class PredictionRequestReader
{
    /// <summary>Longest text of one genotype statement, drug or condition, in characters.</summary>
    public const int MaxNameLength = 200;

    /// <summary>Most statements about one gene.</summary>
    public const int MaxStatementsPerGene = 50;

    internal const int MaxIdLength = 256;
    internal const int MaxPurposeLength = 64;
    internal const int MaxLineLength = 500;
    internal const int MaxDrugCodeLength = 16;
    internal const int MaxScoreLength = 16;
    internal const int MaxGenes = 300;
    internal const int MaxVariants = 10_000;
    internal const int MaxMedications = 500;
    internal const int MaxConditions = 500;
    internal const int MaxCandidates = 100;
    internal const int MaxMeasurements = 100;
    internal const int MaxDoses = 100;
    internal const double MaxDoseMg = 100_000;

    /// <summary>The members of which exactly one names a medication.</summary>
    public static IReadOnlyList<string> NamingMembers { get; } = ["drug", "rxNorm", "atc", "text"];

    /// <summary>The members of which a request needs at least one: without any there is nothing to say.</summary>
    public static IReadOnlyList<string> ScoringMembers { get; } = ["genotype", "medications", "candidates"];

    /// <summary>Reads one request.</summary>
    /// <param name="root">The JSON value.</param>
    /// <param name="faults">Receives every fault; when it stays empty the result can be used.</param>
    /// <returns>The request with whatever could be read, or null when <paramref name="root"/> is no object.</returns>
    public static PredictionRequest? Read(JsonElement root, FaultList faults)
    {
        if (JsonObjectReader.Open(root, "", faults) is not { } json)
            return null;

        var request = new PredictionRequest
        {
            RequestId = json.Text("requestId", MaxIdLength),
            Patient = ReadPatient(json.Object("patient")),
            Genotype = ReadGenotype(json.Object("genotype"), faults),
            Medications = json.Array("medications", MaxMedications, (value, pointer) => ReadMedication(value, pointer, faults)),
            Conditions = json.Array("conditions", MaxConditions, Name),
            Candidates = json.Array("candidates", MaxCandidates, Name),
            Measurements = json.Numbers("measurements", MaxMeasurements, (value, pointer) => JsonScalars.Finite(value, pointer, faults)),
            Doses = json.Numbers("doses", MaxDoses, (value, pointer) => JsonScalars.Positive(value, pointer, faults, MaxDoseMg)),
            Purpose = json.Token("purpose", MaxPurposeLength),
            ConsentReference = json.Text("consentReference", ConsentReader.MaxReferenceLength),
        };
        json.RefuseUnknown();
        if (!ScoringMembers.Any(json.Has))
            faults.Add("", $"Must have at least one of: {string.Join(", ", ScoringMembers)}.");
        return request;

        string? Name(JsonElement value, string pointer) => JsonScalars.Text(value, pointer, faults, MaxNameLength);
    }

    private static Patient? ReadPatient(JsonObjectReader? json)
    {
        if (json is null)
            return null;
        var patient = new Patient
        {
            Id = PatientIds.Read(json),
            AgeYears = json.Number("ageYears", 0, 120),
            Sex = json.Choice("sex", "female", "male"),
            WeightKg = json.Number("weightKg", 0.3, 500),
            HeightCm = json.Number("heightCm", 20, 260),
            Ancestry = json.Text("ancestry", MaxNameLength),
            EGfr = json.Number("eGfr", 0, 250),
            Smoker = json.Boolean("smoker"),
        };
        json.RefuseUnknown();
        return patient;
    }

    private static Genotype? ReadGenotype(JsonObjectReader? json, FaultList faults)
    {
        if (json is null)
            return null;
        var genotype = new Genotype
        {
            Diplotypes = json.Map("diplotypes", MaxGenes, (value, pointer) => ReadStatements(value, pointer, faults)),
            Phenotypes = json.Map("phenotypes", MaxGenes, (value, pointer) => JsonScalars.Text(value, pointer, faults, MaxNameLength)),
            ActivityScores = json.Map("activityScores", MaxGenes, (value, pointer) => ReadScore(value, pointer, faults)),
            Variants = json.Map("variants", MaxVariants, (value, pointer) => JsonScalars.Text(value, pointer, faults, MaxNameLength)),
            Vcf = json.Text("vcf", int.MaxValue, multiline: true),
        };
        json.RefuseUnknown();
        return genotype;
    }

    private static IReadOnlyList<string>? ReadStatements(JsonElement value, string pointer, FaultList faults)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return JsonScalars.Text(value, pointer, faults, MaxNameLength) is { } single ? [single] : null;
        if (value.GetArrayLength() is 0 or > MaxStatementsPerGene)
        {
            faults.Add(pointer, $"Must have from 1 to {MaxStatementsPerGene} elements.");
            return null;
        }

        var statements = new List<string>();
        foreach (var (index, element) in value.EnumerateArray().Index())
        {
            if (JsonScalars.Text(element, JsonPointer.Element(pointer, index), faults, MaxNameLength) is { } statement)
                statements.Add(statement);
        }

        return statements;
    }

    // A score is kept as the text it was written in: 1.5 and "≥3.0" are both usual, and it is an exact decimal.
    private static string? ReadScore(JsonElement value, string pointer, FaultList faults)
    {
        if (value.ValueKind != JsonValueKind.Number)
            return JsonScalars.Text(value, pointer, faults, MaxScoreLength);
        var text = value.GetRawText();
        if (text.Length <= MaxScoreLength)
            return text;
        faults.Add(pointer, $"Must have at most {MaxScoreLength} characters.");
        return null;
    }

    private static Medication? ReadMedication(JsonElement value, string pointer, FaultList faults)
    {
        if (JsonObjectReader.Open(value, pointer, faults) is not { } json)
            return null;
        var medication = new Medication
        {
            Drug = json.Text("drug", MaxNameLength),
            RxNorm = json.Text("rxNorm", MaxDrugCodeLength),
            Atc = json.Text("atc", MaxDrugCodeLength),
            Text = json.Text("text", MaxLineLength),
            Status = json.Choice("status", "active", "stopped"),
            Started = json.Date("started"),
            Stopped = json.Date("stopped"),
            Outcome = json.Choice("outcome", "responded", "no-response", "adverse-event"),
            Event = json.Text("event", MaxNameLength),
        };
        json.RefuseUnknown();
        RefuseContradictions(json, medication, pointer, faults);
        return medication;
    }

    private static void RefuseContradictions(JsonObjectReader json, Medication medication, string pointer, FaultList faults)
    {
        if (NamingMembers.Count(json.Has) != 1)
            faults.Add(pointer, $"Must name the medication by exactly one of: {string.Join(", ", NamingMembers)}.");
        if (medication is { Started: { } started, Stopped: { } stopped } && stopped < started)
            faults.Add(JsonPointer.Member(pointer, "stopped"), "Must not lie before started.");
        if (medication is { Event: not null, Outcome: not "adverse-event" })
            faults.Add(JsonPointer.Member(pointer, "event"), "Must only be given with outcome adverse-event.");
    }
}
