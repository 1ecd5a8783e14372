using Azure;

namespace DrugResponse.Storage.Tables;

public sealed partial class TableClient
{
    /// <summary>
    /// Deletes the rows that a filter admits, page by page. No part of Azure.Data.Tables' shape, and only made of that: once that package is in
    /// use, this becomes an extension of its client.
    /// </summary>
    /// <param name="filter">An OData filter, made by <see cref="CreateQueryFilter"/>.</param>
    /// <param name="cancellationToken">Cancels the calls; what was deleted by then is gone.</param>
    /// <returns>How many rows were deleted.</returns>
    /// <exception cref="RequestFailedException">The service refused.</exception>
    public Task<long> DeleteWhereAsync(string filter, CancellationToken cancellationToken = default) =>
        DeleteWhereAsync(filter, static (_, _) => { }, cancellationToken);

    /// <summary>Deletes the rows that a filter admits, page by page, and tells of which partitions they were.</summary>
    /// <param name="filter">An OData filter, made by <see cref="CreateQueryFilter"/>.</param>
    /// <param name="deleted">Is told the partition of rows that were deleted and how many there were, as soon as they are.</param>
    /// <param name="cancellationToken">Cancels the calls; what was deleted by then is gone.</param>
    /// <returns>How many rows were deleted.</returns>
    /// <exception cref="RequestFailedException">The service refused.</exception>
    public async Task<long> DeleteWhereAsync(string filter, Action<string, int> deleted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deleted);
        const int TransactionRows = 100;
        long count = 0;
        await foreach (var page in QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken)
            .AsPages()
            .ConfigureAwait(false))
        {
            foreach (var partition in page.Values.GroupBy(static row => row.PartitionKey, StringComparer.Ordinal))
            {
                foreach (var rows in partition.Chunk(TransactionRows))
                {
                    await DeleteTogetherAsync(rows, cancellationToken).ConfigureAwait(false);
                    deleted(partition.Key, rows.Length);
                    count += rows.Length;
                }
            }
        }

        return count;
    }

    private async Task DeleteTogetherAsync(TableEntity[] rows, CancellationToken cancellationToken)
    {
        try
        {
            await SubmitTransactionAsync(
                rows.Select(static row => new TableTransactionAction(TableTransactionActionType.Delete, row)), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            // Somebody else deletes the same rows, or this very transaction was committed and its answer lost.
            foreach (var row in rows)
                await DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }
}
