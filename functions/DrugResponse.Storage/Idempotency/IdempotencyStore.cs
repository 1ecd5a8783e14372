using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Azure;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Idempotency;

/// <summary>
/// Lets a request that is sent twice be answered once: the first to claim its idempotency key fixes the id under which the work is done.
/// The claim comes <b>before</b> the work; whoever finds a claim and no result does the work under the claimed id. Thread-safe.
/// </summary>
/// <remarks>Callers may put a patient's id into a key, so a key is kept only as its hash.</remarks>
/// <param name="tables">The table service.</param>
public sealed class IdempotencyStore(TableServiceClient tables)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "idempotency";

    private const string RequestHashProperty = "RequestHash";
    private const string ResourceIdProperty = "ResourceId";
    private const string CreatedAtProperty = "CreatedAt";

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
        var row = new TableEntity(tenant.ToString(), RowKeyOf(scope, key))
        {
            [RequestHashProperty] = requestHash,
            [ResourceIdProperty] = resourceId,
            [CreatedAtProperty] = now,
        };
        try
        {
            await _table.AddEntityAsync(row, cancellationToken).ConfigureAwait(false);
            return new ClaimOutcome(IsOwn: true, claim, row.RowKey);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            var existing = await ReadAsync(row, cancellationToken).ConfigureAwait(false);
            return new ClaimOutcome(existing.RequestHash == requestHash && existing.ResourceId == resourceId, existing, row.RowKey);
        }
    }

    /// <summary>Lets go of a claim: a request with its key is then a new one.</summary>
    /// <param name="tenant">Whose key.</param>
    /// <param name="claimId">The claim.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there was such a claim.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<bool> ReleaseAsync(TenantName tenant, string claimId, CancellationToken cancellationToken = default)
    {
        var response = await _table.DeleteEntityAsync(tenant.ToString(), claimId, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Status != 404;
    }

    /// <summary>Lets go of the claims of all tenants that were made before an instant. Reads the whole table.</summary>
    /// <param name="before">The instant.</param>
    /// <param name="cancellationToken">Cancels the calls; what was removed by then is gone.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task<long> ReleaseOlderAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        _table.DeleteWhereAsync(TableClient.CreateQueryFilter($"CreatedAt lt {before}"), cancellationToken);

    // Only ever read by its exact value. The zero byte ends the scope, so that no two pairs run together to the same text.
    private static string RowKeyOf(string scope, string key) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\0{key}")));

    private async Task<IdempotencyClaim> ReadAsync(TableEntity claimed, CancellationToken cancellationToken)
    {
        var row = (await _table
            .GetEntityAsync<TableEntity>(claimed.PartitionKey, claimed.RowKey, cancellationToken: cancellationToken)
            .ConfigureAwait(false)).Value;
        return row.GetString(RequestHashProperty) is { } requestHash
            && row.GetString(ResourceIdProperty) is { } resourceId
            && row.GetDateTimeOffset(CreatedAtProperty) is { } createdAt
            ? new IdempotencyClaim(requestHash, resourceId, createdAt)
            : throw new InvalidDataException($"A row of the table {TableName} is not complete.");
    }
}
