using System.Text;
using DrugResponse.Storage;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Protection;

namespace DrugResponse.Functions.Patients;

/// <summary>Encrypts the references to consents that requests carry: they may hide who the patient is. Thread-safe.</summary>
internal sealed class ConsentReferences(EnvelopeCipher cipher)
{
    /// <summary>Encrypts the reference of a prediction.</summary>
    /// <param name="tenant">Whose prediction.</param>
    /// <param name="id">The prediction.</param>
    /// <param name="reference">The reference, or null.</param>
    /// <returns>What is stored; empty for null.</returns>
    public ReadOnlyMemory<byte> Seal(TenantName tenant, PredictionId id, string? reference) =>
        reference is null ? default : cipher.Seal(PlaceOf(tenant, id), Encoding.UTF8.GetBytes(reference));

    /// <summary>Decrypts the reference of a prediction.</summary>
    /// <param name="tenant">Whose prediction.</param>
    /// <param name="prediction">The prediction.</param>
    /// <returns>The reference, or null if there is none.</returns>
    /// <exception cref="InvalidDataException">What is stored is damaged.</exception>
    public string? Open(TenantName tenant, StoredPrediction prediction) => prediction.SealedConsentReference.IsEmpty
        ? null
        : Encoding.UTF8.GetString(cipher.Open(PlaceOf(tenant, prediction.Id), prediction.SealedConsentReference.Span));

    private static EnvelopePlace PlaceOf(TenantName tenant, PredictionId id) => new(tenant, $"{PredictionStore.TableName}/{id}");
}
