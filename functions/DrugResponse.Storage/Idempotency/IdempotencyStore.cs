using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Protection;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Idempotency;

/// <summary>
/// Lets a request that is sent twice be answered once: the first to claim its idempotency key fixes the id under which the work is done.
/// The claim comes <b>before</b> the work; whoever finds a claim and no result does the work under the claimed id. Thread-safe.
/// </summary>
/// <remarks>
/// Callers may put a patient's id into a key, so a key is kept only as HMAC-SHA-256 under a key of the tenant: nobody finds it by guessing.
/// A claim has a row under every version of that key, all inserted at once, so that neither a rotation nor instances that disagree on the
/// current version let a request be done twice.
/// </remarks>
/// <param name="tables">The table service.</param>
/// <param name="masterKeys">The keys under which callers' keys are hashed.</param>
public sealed class IdempotencyStore(TableServiceClient tables, MasterKeyRing masterKeys)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "idempotency";

    private const string Purpose = "idempotency key";
    private const string RequestHashProperty = "RequestHash";
    private const string ResourceIdProperty = "ResourceId";
    private const string CreatedAtProperty = "CreatedAt";

    // Behind every character of base64url.
    private const char BehindIds = '~';

    private readonly TableClient _table = tables.GetTableClient(TableName);

    /// <summary>Claims a key, unless it is claimed. Of callers that claim the same key at once, exactly one succeeds.</summary>
    /// <param name="tenant">Whose key; tenants' keys are apart.</param>
    /// <param name="scope">What kind of work it is, such as <c>predictions</c>; keys of different scopes are apart.</param>
    /// <param name="key">The key as the caller gave it.</param>
    /// <param name="requestHash">Hash of the request.</param>
    /// <param name="resourceId">
    /// The id under which the work is to be done. It must be new or derived from the request: a claim is taken for one's own if request
    /// hash and resource id are the same, as they are when only the answer to the first attempt was lost.
    /// </param>
    /// <param name="now">When the claim is made.</param>
    /// <param name="cancellationToken">Cancels the call; the key may be claimed all the same.</param>
    /// <returns>The claim in force, and whether it is the caller's own.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<ClaimOutcome> ClaimAsync(
        TenantName tenant,
        string scope,
        string key,
        string requestHash,
        string resourceId,
        DateTimeOffset now,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        ArgumentException.ThrowIfNullOrEmpty(key);
        var claim = new IdempotencyClaim(requestHash, resourceId, now);
        var versions = masterKeys.OtherVersions.Prepend(masterKeys.CurrentVersion);
        var rowKeys = versions.Select(version => RowKeyOf(version, tenant, scope, key)).ToArray();
        var rows = rowKeys.Select(rowKey => new TableEntity(tenant.ToString(), rowKey)
        {
            [RequestHashProperty] = requestHash,
            [ResourceIdProperty] = resourceId,
            [CreatedAtProperty] = now,
        });
        while (true)
        {
            try
            {
                await _table
                    .SubmitTransactionAsync(
                        rows.Select(static row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellationToken)
                    .ConfigureAwait(false);
                return new ClaimOutcome(IsOwn: true, claim, rowKeys[0]);
            }
            catch (RequestFailedException failure) when (failure.Status == 409)
            {
                // When there is none any more, somebody has let go of it meanwhile.
                if (await FindAsync(tenant, rowKeys, cancellationToken).ConfigureAwait(false) is { } existing)
                    return new ClaimOutcome(existing.RequestHash == requestHash && existing.ResourceId == resourceId, existing, rowKeys[0]);
            }
        }
    }

    /// <summary>Lets go of a claim: a request with its key is then a new one. Reads the tenant's part of the table.</summary>
    /// <param name="tenant">Whose key.</param>
    /// <param name="resourceId">What the key was claimed for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there was such a claim.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<bool> ReleaseAsync(TenantName tenant, string resourceId, CancellationToken cancellationToken = default)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()} and ResourceId eq {resourceId}");
        return await ReleaseWhereAsync(filter, static _ => true, cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>
    /// Lets go of the claims of all predictions of a patient, also of those that were never made. Reads the tenant's part of the table.
    /// </summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="cancellationToken">Cancels the calls; what was removed by then is gone.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task<long> ReleaseOfAsync(TenantName tenant, PatientKey patientKey, CancellationToken cancellationToken = default)
    {
        var prefix = PredictionId.PrefixOf(patientKey);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {tenant.ToString()} and ResourceId ge {prefix} and ResourceId lt {prefix + BehindIds}");
        return ReleaseWhereAsync(
            filter, resourceId => PredictionId.TryParse(resourceId, out var id) && id.PatientKey == patientKey, cancellationToken);
    }

    /// <summary>Lets go of the claims of all tenants that were made before an instant. Reads the whole table.</summary>
    /// <param name="before">The instant.</param>
    /// <param name="removed">Takes whose they were and how many rows, as soon as they are gone.</param>
    /// <param name="cancellationToken">Cancels the calls; what was removed by then is gone.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task ReleaseOlderAsync(DateTimeOffset before, RemovalCount removed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(removed);
        return _table.DeleteWhereAsync(TableClient.CreateQueryFilter($"CreatedAt lt {before}"), removed.AddPartition, cancellationToken);
    }

    // Only ever read by its exact value. The zero byte ends the scope, so that no two pairs run together to the same text.
    private string RowKeyOf(int version, TenantName tenant, string scope, string key)
    {
        var hash = HMACSHA256.HashData(masterKeys.Derive(version, tenant, Purpose), Encoding.UTF8.GetBytes($"{scope}\0{key}"));
        return string.Create(CultureInfo.InvariantCulture, $"{version}.{Base64Url.EncodeToString(hash)}");
    }

    // Only the rows that were read: a key may be claimed anew at any time.
    private async Task<long> ReleaseWhereAsync(string filter, Func<string, bool> isMeant, CancellationToken cancellationToken)
    {
        var resources = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (row.GetString(ResourceIdProperty) is { } resourceId
                && isMeant(resourceId)
                && await DeleteAsync(row, cancellationToken).ConfigureAwait(false))
                resources.Add(resourceId);
        }

        return resources.Count;
    }

    private async Task<bool> DeleteAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken).ConfigureAwait(false);
            return response.Status != 404;
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // Somebody else let go of it, and the key was claimed anew.
            return false;
        }
    }

    private async Task<IdempotencyClaim?> FindAsync(TenantName tenant, string[] rowKeys, CancellationToken cancellationToken)
    {
        foreach (var rowKey in rowKeys)
        {
            var row = await _table
                .GetEntityIfExistsAsync<TableEntity>(tenant.ToString(), rowKey, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            if (row.HasValue)
                return Read(row.Value!);
        }

        return null;
    }

    private static IdempotencyClaim Read(TableEntity row) =>
        row.GetString(RequestHashProperty) is { } requestHash
        && row.GetString(ResourceIdProperty) is { } resourceId
        && row.GetDateTimeOffset(CreatedAtProperty) is { } createdAt
            ? new IdempotencyClaim(requestHash, resourceId, createdAt)
            : throw new InvalidDataException($"A row of the table {TableName} is not complete.");
}
