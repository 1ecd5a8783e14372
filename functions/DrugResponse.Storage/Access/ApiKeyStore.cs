using Azure;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Access;

/// <summary>Keeps API keys, never their secrets. Rows stay when a key expires or is revoked, so that what it did can be told later.
/// Thread-safe.</summary>
/// <param name="tables">The table service.</param>
public sealed class ApiKeyStore(TableServiceClient tables)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "apikeys";

    private const string NameProperty = "Name";
    private const string RolesProperty = "Roles";
    private const string SaltProperty = "Salt";
    private const string HashProperty = "Hash";
    private const string CreatedAtProperty = "CreatedAt";
    private const string ExpiresAtProperty = "ExpiresAt";
    private const string RevokedAtProperty = "RevokedAt";
    private const string ReplacedByProperty = "ReplacedBy";
    private const char RoleSeparator = ',';
    private const int PreconditionFailed = 412;

    private readonly TableClient _table = tables.GetTableClient(TableName);

    /// <summary>Keeps a new key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the call; the key may be kept all the same.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task AddAsync(ApiKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);

        // An upsert, since nobody else has this random id: a repeated attempt meets its own row only.
        return _table.UpsertEntityAsync(Write(key), TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Reads a key.</summary>
    /// <param name="tenant">Whose key; that of another tenant is not found.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The key, or <see langword="null"/> if the tenant has none of this id.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<ApiKey?> GetAsync(TenantName tenant, ApiKeyId id, CancellationToken cancellationToken = default)
    {
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(tenant.ToString(), id.ToString(), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>Reads all keys of a tenant, oldest first.</summary>
    /// <param name="tenant">Whose keys.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(TenantName tenant, CancellationToken cancellationToken = default)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()}");
        var keys = new List<ApiKey>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
            keys.Add(Read(row));

        return [.. keys.OrderBy(static key => key.CreatedAt).ThenBy(static key => key.Id.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Revokes a key, for good. One that is revoked already keeps the time at which it was.</summary>
    /// <param name="tenant">Whose key.</param>
    /// <param name="id">Its id.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the call; the key may be revoked all the same.</param>
    /// <returns>The key as it now is, or <see langword="null"/> if there is none.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<ApiKey?> RevokeAsync(TenantName tenant, ApiKeyId id, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var key = await GetAsync(tenant, id, cancellationToken).ConfigureAwait(false);
        if (key is not { RevokedAt: null })
            return key;

        var row = new TableEntity(tenant.ToString(), id.ToString()) { [RevokedAtProperty] = now };
        await _table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Merge, cancellationToken).ConfigureAwait(false);
        return key with { RevokedAt = now };
    }

    /// <summary>Says which key takes the place of another, and when the old one stops working. It never works longer than it did.</summary>
    /// <param name="old">The old key as it was read: if it was replaced or revoked since, nothing is changed.</param>
    /// <param name="replacement">The new key's id.</param>
    /// <param name="expiresAt">When the old one stops working.</param>
    /// <param name="cancellationToken">Cancels the call; it may take effect all the same.</param>
    /// <returns>Whether that key takes its place. Otherwise another one does already, or the old one was changed at the same time.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<bool> ReplaceAsync(
        ApiKey old, ApiKeyId replacement, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(old);
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(old.Tenant.ToString(), old.Id.ToString(), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        if (!row.HasValue || Read(row.Value!) is not { RevokedAt: null } current || current.ReplacedBy != old.ReplacedBy)
            return false;

        var change = new TableEntity(old.Tenant.ToString(), old.Id.ToString())
        {
            [ReplacedByProperty] = replacement.ToString(),
            [ExpiresAtProperty] = expiresAt < current.ExpiresAt ? expiresAt : current.ExpiresAt,
        };
        try
        {
            await _table.UpdateEntityAsync(change, row.Value!.ETag, TableUpdateMode.Merge, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == PreconditionFailed)
        {
            // A repeated attempt meets what the first one wrote, if only its answer was lost.
            var now = await GetAsync(old.Tenant, old.Id, cancellationToken).ConfigureAwait(false);
            return now?.ReplacedBy == replacement.ToString();
        }
    }

    private static TableEntity Write(ApiKey key) => new(key.Tenant.ToString(), key.Id.ToString())
    {
        [NameProperty] = key.Name,
        [RolesProperty] = string.Join(RoleSeparator, key.Roles),
        [SaltProperty] = key.Hash.Salt.ToArray(),
        [HashProperty] = key.Hash.Value.ToArray(),
        [CreatedAtProperty] = key.CreatedAt,
        [ExpiresAtProperty] = key.ExpiresAt,
        [RevokedAtProperty] = key.RevokedAt!,
        [ReplacedByProperty] = key.ReplacedBy!,
    };

    private static ApiKey Read(TableEntity row) => new()
    {
        Tenant = TenantName.Parse(row.PartitionKey),
        Id = ApiKeyId.TryParse(row.RowKey, out var id) ? id : throw Damaged("a key id"),
        Hash = new ApiKeyHash(Require(row.GetBinary(SaltProperty), SaltProperty), Require(row.GetBinary(HashProperty), HashProperty)),
        Name = Require(row.GetString(NameProperty), NameProperty),
        Roles = Require(row.GetString(RolesProperty), RolesProperty).Split(RoleSeparator),
        CreatedAt = row.GetDateTimeOffset(CreatedAtProperty) ?? throw Damaged(CreatedAtProperty),
        ExpiresAt = row.GetDateTimeOffset(ExpiresAtProperty) ?? throw Damaged(ExpiresAtProperty),
        RevokedAt = row.GetDateTimeOffset(RevokedAtProperty),
        ReplacedBy = row.GetString(ReplacedByProperty),
    };

    private static T Require<T>(T? value, string property)
        where T : class => value ?? throw Damaged(property);

    private static InvalidDataException Damaged(string property) => new($"A row of the table {TableName} lacks {property}.");
}
