using System.Text.Json;
using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Contracts.Reading;

/// <summary>Reads a <see cref="PatientLookupRequest"/> from JSON, with all faults at once. Thread-safe.</summary>
public static class PatientLookupReader
{
    /// <summary>Reads one request; null when a fault was added.</summary>
    /// <param name="root">The JSON value.</param>
    /// <param name="faults">Receives every fault.</param>
    public static PatientLookupRequest? Read(JsonElement root, FaultList faults)
    {
        if (JsonObjectReader.Open(root, "", faults) is not { } json)
            return null;
        var id = json.Text("id", PredictionRequestReader.MaxIdLength);
        var create = json.Boolean("create") ?? false;
        json.RefuseUnknown();
        if (!json.Has("id"))
            faults.Add("/id", "Is required.");
        return id is null ? null : new PatientLookupRequest { Id = id, Create = create };
    }
}
