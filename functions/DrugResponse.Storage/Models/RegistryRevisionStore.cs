using Azure;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Models;

/// <summary>
/// Keeps the highest revision of a model registry that was ever in use: in a table, where whoever writes the container of models need not
/// reach. Thread-safe.
/// </summary>
/// <param name="tables">The table service.</param>
public sealed class RegistryRevisionStore(TableServiceClient tables)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "registryrevisions";

    private const string Key = "highest";
    private const string RevisionProperty = "Revision";
    private const int MostConflicts = 10;

    private readonly TableClient _table = tables.GetTableClient(TableName);

    /// <summary>Reads the highest revision.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The revision, or <see langword="null"/> if none was ever in use.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach, or there is no table.</exception>
    public async Task<long?> FindAsync(CancellationToken cancellationToken = default) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false))?.GetInt64(RevisionProperty);

    /// <summary>Notes a revision that comes into use, unless a higher one was already.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="cancellationToken">Cancels the call; it may be noted all the same.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach, or there is no table; it may be noted all the
    /// same.</exception>
    public async Task RaiseAsync(long revision, CancellationToken cancellationToken = default)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var kept = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (kept?.GetInt64(RevisionProperty) >= revision)
                return;

            var row = new TableEntity(Key, Key) { [RevisionProperty] = revision };
            try
            {
                await (kept is null
                    ? _table.AddEntityAsync(row, cancellationToken)
                    : _table.UpdateEntityAsync(row, kept.ETag, TableUpdateMode.Replace, cancellationToken)).ConfigureAwait(false);
                return;
            }
            catch (RequestFailedException failure) when (failure.Status is 409 or 412 && conflicts < MostConflicts)
            {
                // Another instance notes one too, or it was this very call, whose answer was lost.
            }
        }
    }

    private async Task<TableEntity?> ReadAsync(CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(Key, Key, cancellationToken: cancellationToken).ConfigureAwait(false);
        return row.HasValue ? row.Value : null;
    }
}
