using System.Globalization;
using Azure;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Patients;

/// <summary>
/// Maps the ids by which callers know their patients to patient keys, without keeping the ids. Thread-safe.
/// </summary>
/// <remarks>
/// A raw id reaches no table, log or exception message: only its pseudonym leaves this class (<see cref="PseudonymKeyRing"/>).
/// </remarks>
/// <param name="tables">The table service.</param>
/// <param name="keys">Makes the pseudonyms.</param>
/// <param name="time">Dates new rows.</param>
public sealed class PatientStore(TableServiceClient tables, PseudonymKeyRing keys, TimeProvider time)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "patients";

    private const string KeyProperty = "PatientKey";
    private const string CreatedAtProperty = "CreatedAt";

    private readonly TableClient _table = tables.GetTableClient(TableName);

    /// <summary>
    /// Gives the key of a patient, and enters the patient if not known. Of callers that enter the same patient at once, all get the key of
    /// the first. One round trip for a known patient.
    /// </summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="rawId">The tenant's id of the patient; case and spaces count.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The id is empty or no text. The message does not repeat it.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<PatientKey> GetOrCreateAsync(TenantName tenant, string rawId, CancellationToken cancellationToken = default) =>
        await FindAsync(tenant, rawId, cancellationToken).ConfigureAwait(false)
        ?? await EnterAsync(tenant, rawId, PatientKey.New(), cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Gives the key of a patient if known. A patient known only under another version of the pseudonym key is entered under the current
    /// one on the way.
    /// </summary>
    /// <param name="tenant">Whose patient.</param>
    /// <param name="rawId">The tenant's id of the patient; case and spaces count.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The key, or <see langword="null"/> if the tenant has no such patient.</returns>
    /// <exception cref="ArgumentException">The id is empty or no text. The message does not repeat it.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<PatientKey?> FindAsync(TenantName tenant, string rawId, CancellationToken cancellationToken = default)
    {
        if (await ReadAsync(tenant, keys.CurrentVersion, rawId, cancellationToken).ConfigureAwait(false) is { } current)
            return current;

        // Newer ones as well: while a new version is made current, instances disagree for a while on which one is.
        foreach (var version in keys.OtherVersions)
            if (await ReadAsync(tenant, version, rawId, cancellationToken).ConfigureAwait(false) is { } known)
                return await EnterAsync(tenant, rawId, known, cancellationToken).ConfigureAwait(false);

        return null;
    }

    // Only ever read by its exact value, so its order has no meaning. Rows of old versions must stay readable: never change the format.
    private string RowKeyOf(TenantName tenant, int version, string rawId) =>
        string.Create(CultureInfo.InvariantCulture, $"v{version}.{keys.CreatePseudonym(version, tenant, rawId)}");

    private async Task<PatientKey?> ReadAsync(TenantName tenant, int version, string rawId, CancellationToken cancellationToken)
    {
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(tenant.ToString(), RowKeyOf(tenant, version, rawId), [KeyProperty], cancellationToken)
            .ConfigureAwait(false);
        if (!row.HasValue)
            return null;

        return PatientKey.TryParse(row.Value!.GetString(KeyProperty), out var key)
            ? key
            : throw new InvalidDataException($"A row of the table {TableName} has no valid {KeyProperty}.");
    }

    private async Task<PatientKey> EnterAsync(TenantName tenant, string rawId, PatientKey key, CancellationToken cancellationToken)
    {
        var row = new TableEntity(tenant.ToString(), RowKeyOf(tenant, keys.CurrentVersion, rawId))
        {
            [KeyProperty] = key.ToString(),
            [CreatedAtProperty] = time.GetUtcNow(),
        };
        try
        {
            await _table.AddEntityAsync(row, cancellationToken).ConfigureAwait(false);
            return key;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // Somebody was faster, or it is our own row and only the answer was lost. Either way the row counts.
            return await ReadAsync(tenant, keys.CurrentVersion, rawId, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException($"A row of the table {TableName} exists and cannot be read.", failure);
        }
    }
}
