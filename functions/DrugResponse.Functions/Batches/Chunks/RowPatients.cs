using DrugResponse.Contracts.Reading;
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

    /// <summary>The pseudonyms of the patient whom a row names, whatever else may be wrong with the row; none when it names none by an id
    /// that could be a patient's.</summary>
    public IReadOnlyList<string> PseudonymsOf(TenantName tenant, ChunkRow row) =>
        PatientIds.Find(row.Body) is { } rawId ? patients.PseudonymsOf(tenant, rawId) : [];
}
