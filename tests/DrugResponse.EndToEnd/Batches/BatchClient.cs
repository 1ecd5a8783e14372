using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DrugResponse.EndToEnd.Batches;

/// <summary>Submits a made-up cohort and reads it back, in spite of whatever happens to the app meanwhile.</summary>
/// <param name="address">Gives the address of an app that may be alive.</param>
/// <param name="rows">How many rows.</param>
internal sealed partial class BatchClient(Func<Uri> address, int rows) : IDisposable
{
    private const int FaultyEvery = 97;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(5), DefaultRequestHeaders = { { "x-functions-key", "development" } } };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    /// <summary>Submits the cohort until it is accepted, and gives the batch's id.</summary>
    public Task<string> SubmitAsync() => UntilAsync(async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address(), "/api/v1/batches"))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Cohort())) { Headers = { { "Content-Type", "application/x-ndjson" } } },
            Headers = { { "Idempotency-Key", "cohort" } },
        };
        using var response = await _http.SendAsync(request, Cancellation);
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable)
            return null;
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("batchId").GetString();
    });

    /// <summary>How many rows are done; null while the app does not answer.</summary>
    public async Task<long?> DoneAsync(string batchId) => (await StatusAsync(batchId))?.GetProperty("rows").GetProperty("done").GetInt64();

    /// <summary>Whether the batch has ended.</summary>
    public async Task<bool> HasEndedAsync(string batchId) =>
        await StatusAsync(batchId) is { } status && status.GetProperty("state").GetString() is not ("accepted" or "running");

    /// <summary>When the batch ended.</summary>
    public async Task<DateTimeOffset> FinishedAtAsync(string batchId) => (await StatusAsync(batchId))!.Value.GetProperty("finishedAt").GetDateTimeOffset();

    /// <summary>Waits for the end of the batch.</summary>
    public Task EndAsync(string batchId) => UntilAsync(async () => await HasEndedAsync(batchId) ? "" : null);

    /// <summary>Asserts that every row has exactly one result or one error, and that all counts say so.</summary>
    public async Task AssertWholeAsync(string batchId)
    {
        var faulty = Enumerable.Range(0, rows).Count(static row => row % FaultyEvery == 5);
        var status = (await StatusAsync(batchId))!.Value;
        Assert.Equal("completed-with-errors", status.GetProperty("state").GetString());
        var counts = status.GetProperty("rows");
        Assert.Equal((rows, rows, faulty), (counts.GetProperty("total").GetInt32(), counts.GetProperty("done").GetInt32(), counts.GetProperty("failed").GetInt32()));

        Assert.Equal(Enumerable.Range(0, rows).Where(static row => row % FaultyEvery != 5), await ReadRowsAsync(batchId, "results"));
        Assert.Equal(Enumerable.Range(0, rows).Where(static row => row % FaultyEvery == 5), await ReadRowsAsync(batchId, "errors"));
        using var summary = await _http.GetAsync(new Uri(address(), $"/api/v1/batches/{batchId}/summary"), Cancellation);
        var cohort = (await summary.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("cohort");
        Assert.Equal(rows - faulty, cohort.GetProperty("rows").GetInt32());
    }

    private async Task<List<int>> ReadRowsAsync(string batchId, string kind)
    {
        var found = new List<int>();
        using var stream = new StreamReader(await _http.GetStreamAsync(new Uri(address(), $"/api/v1/batches/{batchId}/{kind}"), Cancellation));
        while (await stream.ReadLineAsync(Cancellation) is { } line)
        {
            var start = RowStart().Match(line);
            Assert.True(start.Success, line[..Math.Min(line.Length, 100)]);
            found.Add(int.Parse(start.Groups["row"].Value, CultureInfo.InvariantCulture));
        }

        return found;
    }

    private async Task<JsonElement?> StatusAsync(string batchId)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(address(), $"/api/v1/batches/{batchId}"), Cancellation);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable)
                return null;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private static async Task<string> UntilAsync(Func<Task<string?>> attempt)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            try
            {
                if (await attempt() is { } result)
                    return result;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The app was killed at this very moment.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), Cancellation);
        }

        throw new TimeoutException($"It did not come true within {Patience}.");
    }

    private string Cohort()
    {
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"rowId\":\"P-{row}\",\"patient\":{{\"ageYears\":{20 + row % 70},\"weightKg\":{(row % FaultyEvery == 5 ? -1 : 50 + row % 50)}}},");
            text.Append(CultureInfo.InvariantCulture, $"\"genotype\":{{\"diplotypes\":{{\"CYP2C9\":\"*1/*{1 + row % 3}\"}}}},\"candidates\":[\"warfarin\",\"clopidogrel\",\"simvastatin\"]}}\n");
        }

        return text.ToString();
    }

    [GeneratedRegex("^\\{\"rowId\":\"P-(?<row>[0-9]+)\",\"line\":[0-9]+,\"(prediction|errors)\":")]
    private static partial Regex RowStart();
}
