using System.Text.Json;
using DrugResponse.Contracts.Patients;

namespace DrugResponse.Contracts.Reading;

/// <summary>Reads a <see cref="PatientConsentRequest"/> from JSON, with all faults at once. Thread-safe.</summary>
public static class ConsentReader
{
    /// <summary>Longest reference to a consent, in characters.</summary>
    public const int MaxReferenceLength = 128;

    /// <summary>Reads one request; null when a fault was added.</summary>
    /// <param name="root">The JSON value.</param>
    /// <param name="faults">Receives every fault.</param>
    public static PatientConsentRequest? Read(JsonElement root, FaultList faults)
    {
        if (JsonObjectReader.Open(root, "", faults) is not { } json)
            return null;
        var scoring = json.Choice("scoring", ConsentStates.Allowed, ConsentStates.Objected);
        var reference = json.Text("reference", MaxReferenceLength);
        json.RefuseUnknown();
        if (!json.Has("scoring"))
            faults.Add("/scoring", "Is required.");
        return scoring is null ? null : new PatientConsentRequest { Scoring = scoring, Reference = reference };
    }
}
