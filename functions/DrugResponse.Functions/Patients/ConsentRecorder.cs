using DrugResponse.Contracts.Patients;
using DrugResponse.Functions.Access;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Patients;

/// <summary>Records whether patients object to being scored. Thread-safe.</summary>
internal sealed class ConsentRecorder(PatientRegister register, PatientHoldings holdings, ErasureStore erasures, TimeProvider clock)
{
    /// <summary>Records a consent in place of what was recorded before.</summary>
    /// <param name="caller">Who records it.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="wanted">What is to be recorded.</param>
    /// <param name="cancellationToken">Ends the work; it may be recorded all the same.</param>
    /// <returns>What is recorded, or null if the tenant has no such patient.</returns>
    public async Task<PatientConsent?> RecordAsync(
        Caller caller, PatientKey patientKey, PatientConsentRequest wanted, CancellationToken cancellationToken)
    {
        if (!await holdings.AreAnyAsync(caller.Tenant, patientKey, cancellationToken))
            return null;

        var consent = new PatientConsent(wanted.Scoring == ConsentStates.Objected, wanted.Reference, clock.GetUtcNow(), caller.Name);
        var outlivesErasure = await register.RecordConsentAsync(caller.Tenant, patientKey, consent, cancellationToken);
        // Not before: an erasure may begin at any time. What came in time for it stays, under the pseudonym.
        if (outlivesErasure || await erasures.FindAsync(caller.Tenant, patientKey, cancellationToken) is null)
            return consent;

        // There is no patient any more of whom it could be true.
        await register.RemoveAsync(caller.Tenant, patientKey, cancellationToken);
        return null;
    }
}
