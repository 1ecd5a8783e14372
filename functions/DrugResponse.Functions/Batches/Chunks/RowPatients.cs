using System.Text.Json;
using DrugResponse.Storage;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Batches.Chunks;

/// <summary>Knows whom rows of batches are about, without entering anybody: by their pseudonyms alone. Thread-safe.</summary>
internal sealed class RowPatients(PatientStore patients, PatientRegister register)
{
    /// <summary>Reads the pseudonyms of all patients of a tenant that object to being scored.</summary>
    public async Task<IReadOnlySet<string>> ReadObjectionsAsync(TenantName tenant, CancellationToken cancellationToken)
    {
        var objections = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var pseudonym in register.ReadObjectionsAsync(tenant, cancellationToken))
            objections.Add(pseudonym);
        return objections;
    }

    /// <summary>The pseudonyms of the patient whom a row names, whatever else may be wrong with the row; none when it names none.</summary>
    public IReadOnlyList<string> PseudonymsOf(TenantName tenant, ChunkRow row) =>
        IdIn(row.Body) is { Length: > 0 } rawId ? patients.PseudonymsOf(tenant, rawId) : [];

    private static string? IdIn(JsonElement body)
    {
        try
        {
            return body.ValueKind is JsonValueKind.Object
                && body.TryGetProperty("patient"u8, out var patient)
                && patient.ValueKind is JsonValueKind.Object
                && patient.TryGetProperty("id"u8, out var id)
                && id.ValueKind is JsonValueKind.String
                ? id.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, in the id or in a name beside it: the row has a fault, and nobody is scored.
            return null;
        }
    }
}
