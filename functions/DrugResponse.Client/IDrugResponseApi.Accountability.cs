using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Audit;
using DrugResponse.Contracts.Patients;

namespace DrugResponse.Client;

/// <content>What patients can ask for, keys, and the audit trail.</content>
public partial interface IDrugResponseApi
{
    /// <summary>
    /// Writes everything that is held of a patient, as JSON in the form of <see cref="ExportedPatient"/>:
    /// <c>GET v1/patients/{patientKey}/export</c>.
    /// </summary>
    /// <param name="patientKey">The pseudonym.</param>
    /// <param name="destination">Takes the bytes as they come. What it holds after an exception is not whole.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task ExportPatientAsync(string patientKey, Stream destination, CancellationToken cancellationToken = default);

    /// <summary>Erases a patient, for good: <c>DELETE v1/patients/{patientKey}</c>.</summary>
    /// <param name="patientKey">The pseudonym.</param>
    /// <param name="cancellationToken">Ends the call; the patient may be erased all the same.</param>
    /// <returns>How far it is. Rows of batches are looked for afterwards; see <see cref="GetErasureAsync"/>.</returns>
    Task<PatientErasure> ErasePatientAsync(string patientKey, CancellationToken cancellationToken = default);

    /// <summary>Says how far an erasure is: <c>GET v1/patients/{patientKey}/erasure</c>.</summary>
    /// <param name="patientKey">The pseudonym.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<PatientErasure> GetErasureAsync(string patientKey, CancellationToken cancellationToken = default);

    /// <summary>Says whether a patient objects to being scored: <c>GET v1/patients/{patientKey}/consent</c>.</summary>
    /// <param name="patientKey">The pseudonym.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<PatientConsentAnswer> GetConsentAsync(string patientKey, CancellationToken cancellationToken = default);

    /// <summary>Records a patient's consent or objection: <c>PUT v1/patients/{patientKey}/consent</c>.</summary>
    /// <param name="patientKey">The pseudonym.</param>
    /// <param name="consent">What the patient wants.</param>
    /// <param name="cancellationToken">Ends the call; it may be recorded all the same.</param>
    Task<PatientConsentAnswer> PutConsentAsync(
        string patientKey, PatientConsentRequest consent, CancellationToken cancellationToken = default);

    /// <summary>Says how far a rotation of the pseudonym key has come: <c>GET v1/pseudonyms</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<PseudonymKeyReport> ReportPseudonymsAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes an API key: <c>POST v1/keys</c>. Not repeated by itself: each call makes one.</summary>
    /// <param name="request">What it is for.</param>
    /// <param name="cancellationToken">Ends the call; the key may be made all the same, and is then of no use to anybody.</param>
    /// <returns>The key with its secret, which is shown this once.</returns>
    Task<CreatedApiKey> CreateKeyAsync(ApiKeyRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the tenant's keys, without their secrets: <c>GET v1/keys</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ApiKeyList> ListKeysAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes a key that takes the place of another, which goes on for a while: <c>POST v1/keys/{keyId}/rotate</c>. Not repeated by itself.
    /// </summary>
    /// <param name="keyId">The old key's id.</param>
    /// <param name="overlap">How long the old one goes on, 0 to 30 days; a day when null.</param>
    /// <param name="cancellationToken">Ends the call; the new key may be made all the same.</param>
    /// <returns>The new key with its secret, which is shown this once.</returns>
    Task<CreatedApiKey> RotateKeyAsync(string keyId, TimeSpan? overlap = null, CancellationToken cancellationToken = default);

    /// <summary>Revokes a key, for good: <c>DELETE v1/keys/{keyId}</c>.</summary>
    /// <param name="keyId">The key's id.</param>
    /// <param name="cancellationToken">Ends the call; the key may be revoked all the same.</param>
    Task RevokeKeyAsync(string keyId, CancellationToken cancellationToken = default);

    /// <summary>Reads a page of a day's audit entries: <c>GET v1/audit</c>.</summary>
    /// <param name="day">The day in UTC; today when null.</param>
    /// <param name="patientKey">Only entries about this patient; null for all.</param>
    /// <param name="after">The <c>After</c> of the page before; null for the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<AuditPage> ListAuditAsync(
        DateOnly? day = null, string? patientKey = null, string? after = null, CancellationToken cancellationToken = default);

    /// <summary>Verifies the audit trail: <c>GET v1/audit/verify</c>.</summary>
    /// <param name="firstDay">The first day in UTC; today when null.</param>
    /// <param name="lastDay">The last day, at most 31 with the first; the first when null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<AuditVerification> VerifyAuditAsync(
        DateOnly? firstDay = null, DateOnly? lastDay = null, CancellationToken cancellationToken = default);
}
