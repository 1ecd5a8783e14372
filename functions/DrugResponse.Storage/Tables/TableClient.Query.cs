using Azure;
using Azure.Core;

namespace DrugResponse.Storage.Tables;

public sealed partial class TableClient
{
    /// <summary>Reads the rows that a filter admits, ordered by partition key and row key.</summary>
    /// <remarks>
    /// A page can have fewer rows than asked for, even none, with more to come: the service answers within a limited time. Only a page
    /// without a continuation token is the last.
    /// </remarks>
    /// <typeparam name="T">What a row becomes, in practice <see cref="TableEntity"/>.</typeparam>
    /// <param name="filter">
    /// An OData filter, made by <see cref="CreateQueryFilter"/> if values come from outside; all rows if absent.
    /// </param>
    /// <param name="maxPerPage">Most rows in a page, 1 to 1000; the service's limit of 1000 if absent.</param>
    /// <param name="select">Names of the properties to read; all if absent.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>
    /// The rows. <see cref="AsyncPageable{T}.AsPages"/> throws <see cref="ArgumentException"/> for a continuation token that is none.
    /// </returns>
    public AsyncPageable<T> QueryAsync<T>(
        string? filter = null,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
        where T : class, IDictionary<string, object>, new()
    {
        CheckPageSize(maxPerPage, nameof(maxPerPage));
        return new Query<T>(this, filter, maxPerPage, select is null ? null : string.Join(',', select), cancellationToken);
    }

    private static void CheckPageSize(int? size, string name)
    {
        if (size is < 1 or > 1000)
            throw new ArgumentOutOfRangeException(name, size, "A page has 1 to 1000 rows.");
    }

    private sealed class Query<T>(TableClient table, string? filter, int? maxPerPage, string? select, CancellationToken cancellationToken)
        : AsyncPageable<T>(cancellationToken)
        where T : class, IDictionary<string, object>, new()
    {
        private const string NextPartitionKey = "x-ms-continuation-NextPartitionKey";
        private const string NextRowKey = "x-ms-continuation-NextRowKey";

        // Stands between the two keys of a token. The service encodes them so that they hold no space.
        private const char Separator = ' ';

        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            CheckPageSize(pageSizeHint, nameof(pageSizeHint));
            var reader = new TableEntityReader<T>();
            do
            {
                using var message = CreateMessage(continuationToken, pageSizeHint ?? maxPerPage);
                var response = await table._pipeline.SendAsync(message, 200, CancellationToken).ConfigureAwait(false);
                var rows = reader.ReadPage(response.Content.ToMemory().Span);
                continuationToken = ReadContinuation(response);
                yield return Page<T>.FromValues(rows, continuationToken, response);
            }
            while (continuationToken is not null);
        }

        private static string? ReadContinuation(Response response)
        {
            if (!response.Headers.TryGetValue(NextPartitionKey, out var partitionKey))
                return null;

            response.Headers.TryGetValue(NextRowKey, out var rowKey);
            return $"{partitionKey}{Separator}{rowKey}";
        }

        private HttpMessage CreateMessage(string? continuationToken, int? pageSize)
        {
            var message = table._pipeline.CreateMessage(RequestMethod.Get, table.Name + "()");
            var uri = message.Request.Uri;
            if (filter is not null)
                uri.AppendQuery("$filter", filter, escapeValue: true);
            if (pageSize is { } size)
                uri.AppendQuery("$top", size.ToString(System.Globalization.CultureInfo.InvariantCulture), escapeValue: false);
            if (select is not null)
                uri.AppendQuery("$select", select, escapeValue: true);
            if (continuationToken is not null)
                AppendContinuation(uri, continuationToken);

            return message;
        }

        private static void AppendContinuation(RequestUriBuilder uri, string continuationToken)
        {
            var parts = continuationToken.Split(Separator);
            if (parts.Length != 2 || parts[0].Length == 0)
                throw new ArgumentException("This is not a continuation token of a table query.", nameof(continuationToken));

            uri.AppendQuery("NextPartitionKey", parts[0], escapeValue: true);
            if (parts[1].Length > 0)
                uri.AppendQuery("NextRowKey", parts[1], escapeValue: true);
        }
    }
}
