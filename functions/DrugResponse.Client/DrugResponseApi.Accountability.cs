using System.Globalization;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Audit;
using DrugResponse.Contracts.Patients;

namespace DrugResponse.Client;

/// <content>What patients can ask for, keys, and the audit trail.</content>
internal sealed partial class DrugResponseApi
{
    /// <inheritdoc />
    public async Task ExportPatientAsync(string patientKey, Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Patient(patientKey)}/export");
        using var response = await _connection.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        await response.Content.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<PatientErasure> ErasePatientAsync(string patientKey, CancellationToken cancellationToken) =>
        _connection.SendAsync(new HttpRequestMessage(HttpMethod.Delete, Patient(patientKey)), Json.PatientErasure, cancellationToken);

    /// <inheritdoc />
    public Task<PatientErasure> GetErasureAsync(string patientKey, CancellationToken cancellationToken) =>
        GetAsync($"{Patient(patientKey)}/erasure", Json.PatientErasure, cancellationToken);

    /// <inheritdoc />
    public Task<PatientConsentAnswer> GetConsentAsync(string patientKey, CancellationToken cancellationToken) =>
        GetAsync($"{Patient(patientKey)}/consent", Json.PatientConsentAnswer, cancellationToken);

    /// <inheritdoc />
    public Task<PatientConsentAnswer> PutConsentAsync(
        string patientKey, PatientConsentRequest consent, CancellationToken cancellationToken) =>
        _connection.SendAsync(
            ApiConnection.Put($"{Patient(patientKey)}/consent", consent, ContractsJsonContext.Sparse.PatientConsentRequest),
            Json.PatientConsentAnswer,
            cancellationToken);

    /// <inheritdoc />
    public Task<PseudonymKeyReport> ReportPseudonymsAsync(CancellationToken cancellationToken) =>
        GetAsync("v1/pseudonyms", Json.PseudonymKeyReport, cancellationToken);

    /// <inheritdoc />
    public Task<CreatedApiKey> CreateKeyAsync(ApiKeyRequest request, CancellationToken cancellationToken) => _connection.SendAsync(
        ApiConnection.Post("v1/keys", request, ContractsJsonContext.Sparse.ApiKeyRequest), Json.CreatedApiKey, cancellationToken);

    /// <inheritdoc />
    public Task<ApiKeyList> ListKeysAsync(CancellationToken cancellationToken) => GetAsync("v1/keys", Json.ApiKeyList, cancellationToken);

    /// <inheritdoc />
    public Task<CreatedApiKey> RotateKeyAsync(string keyId, TimeSpan? overlap, CancellationToken cancellationToken)
    {
        var rotation = new ApiKeyRotation { OverlapSeconds = overlap?.TotalSeconds };
        return _connection.SendAsync(
            ApiConnection.Post($"{Key(keyId)}/rotate", rotation, ContractsJsonContext.Sparse.ApiKeyRotation),
            Json.CreatedApiKey,
            cancellationToken);
    }

    /// <inheritdoc />
    public async Task RevokeKeyAsync(string keyId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, Key(keyId));
        using var response = await _connection.OpenAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<AuditPage> ListAuditAsync(DateOnly? day, string? patientKey, string? after, CancellationToken cancellationToken) =>
        GetAsync($"v1/audit{Query(("day", Text(day)), ("patientKey", patientKey), ("after", after))}", Json.AuditPage, cancellationToken);

    /// <inheritdoc />
    public Task<AuditVerification> VerifyAuditAsync(DateOnly? firstDay, DateOnly? lastDay, CancellationToken cancellationToken) =>
        GetAsync($"v1/audit/verify{Query(("from", Text(firstDay)), ("to", Text(lastDay)))}", Json.AuditVerification, cancellationToken);

    private static string Patient(string patientKey) => $"v1/patients/{RouteSegment.OfId(patientKey)}";

    private static string Key(string keyId) => $"v1/keys/{RouteSegment.OfId(keyId)}";

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Query(params IEnumerable<(string Name, string? Value)> parameters)
    {
        var given = parameters
            .Where(static parameter => parameter.Value is not null)
            .Select(static parameter => $"{parameter.Name}={Escape(parameter.Value!)}");
        var query = string.Join('&', given);
        return query.Length == 0 ? "" : $"?{query}";
    }
}
