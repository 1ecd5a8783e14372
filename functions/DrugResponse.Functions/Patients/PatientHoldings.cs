using DrugResponse.Functions.Batches;
using DrugResponse.Storage;
using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Queues;

namespace DrugResponse.Functions.Patients;

/// <summary>Knows every place where something is kept of a patient, and empties them. Thread-safe.</summary>
internal sealed class PatientHoldings(
    PatientRegister register, PredictionStore predictions, IdempotencyStore idempotency, QueuedRequestStore requests, BatchPatients batches)
{
    /// <summary>Whether anything is kept of a patient.</summary>
    public async Task<bool> AreAnyAsync(TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken) =>
        (await register.FindPseudonymsAsync(tenant, patientKey, cancellationToken)).Count > 0
        || (await predictions.ListAsync(tenant, patientKey, 1, cancellationToken: cancellationToken)).Predictions.Count > 0
        || await register.FindConsentAsync(tenant, patientKey, cancellationToken) is not null
        || await requests.ReadOfAsync(tenant, patientKey, cancellationToken).AnyAsync(cancellationToken);

    /// <summary>
    /// Erases what can be found by the patient's key: predictions, made or only asked for, and the idempotency keys that they came with.
    /// </summary>
    public async Task<ErasedCounts> EraseAsync(TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken)
    {
        // Before they become predictions.
        await requests.RemoveOfAsync(tenant, patientKey, cancellationToken);
        var removed = await predictions.RemoveAsync(tenant, patientKey, cancellationToken);
        // After the predictions: whoever finds a claim and no prediction makes it.
        var claims = await idempotency.ReleaseOfAsync(tenant, patientKey, cancellationToken);
        return new ErasedCounts(removed, claims, BatchRows: 0);
    }

    /// <summary>Erases what has to be searched for: rows of batches.</summary>
    /// <returns>How many there were, and whether those were all.</returns>
    public Task<(long Rows, bool AreAll)> EraseRowsAsync(OpenErasure erasure, CancellationToken cancellationToken) =>
        batches.EraseAsync(erasure, cancellationToken);
}
