using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Benchmarks.Batches;

/// <summary>
/// What storage itself needs at least: a bare client sends transactions that were made before, with the very rows that the app stored.
/// </summary>
internal static class BareWriter
{
    private const string Account = "devstoreaccount1";
    private const string Table = "batchresults";
    private const int TransactionRows = 100;

    /// <summary>Reads the rows that the app stored, as transactions of 100 rows of one partition.</summary>
    public static async Task<IReadOnlyList<byte[]>> ReadTransactionsAsync(string connectionString)
    {
        var transactions = new List<byte[]>();
        var pending = new List<TableEntity>();
        await foreach (var row in new TableClient(connectionString, Table).QueryAsync<TableEntity>())
        {
            if (pending.Count == TransactionRows || (pending.Count > 0 && pending[0].PartitionKey != row.PartitionKey))
                Complete();
            pending.Add(row);
        }

        Complete();
        return transactions;

        void Complete()
        {
            transactions.Add(Transaction(pending));
            pending.Clear();
        }
    }

    /// <summary>Writes the transactions to an emulator that holds nothing yet.</summary>
    /// <returns>How long it took, and the processor time of client and emulator together.</returns>
    public static async Task<(TimeSpan Time, TimeSpan Processor)> WriteAsync(IReadOnlyList<byte[]> transactions, int concurrency)
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions());
        await new TableClient(emulator.ConnectionString, Table).CreateIfNotExistsAsync();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = concurrency });
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{emulator.Ports.Table}/{Account}/$batch"));
        var requests = transactions.Select(body => Request(address, body)).ToArray();
        var before = ProcessorTime.OfThisProcess() + ProcessorTime.OfEmulators();
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (request, token) =>
        {
            using var response = await http.SendAsync(request, token);
            if ((int)response.StatusCode != 202 || (await response.Content.ReadAsStringAsync(token)).Contains("HTTP/1.1 4", StringComparison.Ordinal))
                throw new InvalidOperationException($"A transaction was refused: {response.StatusCode}");
        });
        return (Stopwatch.GetElapsedTime(start), ProcessorTime.OfThisProcess() + ProcessorTime.OfEmulators() - before);
    }

    private static HttpRequestMessage Request(Uri address, byte[] body)
    {
        const string ContentType = "multipart/mixed; boundary=batch_a";
        var date = TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var text = $"POST\n\n{ContentType}\n{date}\n/{Account}{address.AbsolutePath}";
        var key = Convert.FromBase64String("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==");
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        request.Headers.TryAddWithoutValidation("x-ms-version", "2020-12-06");
        request.Headers.TryAddWithoutValidation("DataServiceVersion", "3.0");
        request.Headers.TryAddWithoutValidation("Accept", "application/json;odata=minimalmetadata");
        request.Headers.TryAddWithoutValidation("x-ms-date", date);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"SharedKey {Account}:{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))}");
        return request;
    }

    private static byte[] Transaction(IReadOnlyList<TableEntity> rows)
    {
        var text = new StringBuilder("--batch_a\r\nContent-Type: multipart/mixed; boundary=changeset_a\r\n\r\n");
        foreach (var row in rows)
        {
            text.Append("--changeset_a\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            text.Append($"PUT http://127.0.0.1/{Account}/{Table}(PartitionKey='{Uri.EscapeDataString(row.PartitionKey)}',RowKey='{row.RowKey}') HTTP/1.1\r\n");
            text.Append("Accept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\nPrefer: return-no-content\r\nContent-Type: application/json\r\n\r\n");
            text.Append($"{{\"PartitionKey\":\"{row.PartitionKey}\",\"RowKey\":\"{row.RowKey}\",\"Kind\":\"{row.GetString("Kind")}\",");
            text.Append(CultureInfo.InvariantCulture, $"\"Line@odata.type\":\"Edm.Int64\",\"Line\":\"{row.GetInt64("Line")}\",");
            text.Append($"\"Content0@odata.type\":\"Edm.Binary\",\"Content0\":\"{Convert.ToBase64String(row.GetBinary("Content0")!)}\"}}\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("--changeset_a--\r\n\r\n--batch_a--\r\n").ToString());
    }
}
