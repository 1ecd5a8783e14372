using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client.Cli.Service;

/// <summary>The batch endpoints of the service. What fails in passing is repeated. Not thread-safe.</summary>
internal sealed class ServiceClient : IDisposable
{
    private const string Root = "api/v1/batches";

    private readonly HttpClient _http;
    private readonly Endurance _endurance;

    /// <summary>Makes a client.</summary>
    /// <param name="server">The service's address.</param>
    /// <param name="apiKey">The caller's key, or null.</param>
    /// <param name="endurance">Repeats what fails in passing.</param>
    public ServiceClient(Uri server, string? apiKey, Endurance endurance)
    {
        _endurance = endurance;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15), AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (apiKey is not null)
            _http.DefaultRequestHeaders.Add("x-functions-key", apiKey);
    }

    /// <summary>Submits an input that goes with the request.</summary>
    public Task<BatchStatus> SubmitAsync(
        string query, string idempotencyKey, string mediaType, Func<Stream> open, CancellationToken cancellationToken) =>
        SendAsync(
            () =>
            {
                var content = new StreamContent(open());
                content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
                return new HttpRequestMessage(HttpMethod.Post, Root + query) { Content = content, Headers = { { "Idempotency-Key", idempotencyKey } } };
            },
            ContractsJsonContext.Wire.BatchStatus,
            cancellationToken);

    /// <summary>Submits an input that was uploaded before.</summary>
    public Task<BatchStatus> SubmitAsync(string query, string idempotencyKey, CancellationToken cancellationToken) =>
        SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, Root + query) { Headers = { { "Idempotency-Key", idempotencyKey } } },
            ContractsJsonContext.Wire.BatchStatus,
            cancellationToken);

    /// <summary>Asks for an address to upload to.</summary>
    public Task<BatchUpload> CreateUploadAsync(CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, $"{Root}/uploads"), ContractsJsonContext.Wire.BatchUpload, cancellationToken);

    /// <summary>Reads how far a batch is.</summary>
    public Task<BatchStatus> GetStatusAsync(string batchId, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, $"{Root}/{batchId}"), ContractsJsonContext.Wire.BatchStatus, cancellationToken);

    /// <summary>Asks for a batch to be cancelled.</summary>
    public Task<BatchStatus> CancelAsync(string batchId, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, $"{Root}/{batchId}"), ContractsJsonContext.Wire.BatchStatus, cancellationToken);

    /// <summary>Reads the newest batches.</summary>
    public Task<BatchList> ListAsync(CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, Root), ContractsJsonContext.Wire.BatchList, cancellationToken);

    /// <summary>Reads the summary of a batch, as JSON text.</summary>
    public async Task<string> GetSummaryAsync(string batchId, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, $"{Root}/{batchId}/summary"), cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        _endurance.Succeed();
        return text;
    }

    /// <summary>Opens results or errors for reading. The reading itself can still fail: only with it patience begins anew.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="kind"><c>results</c> or <c>errors</c>.</param>
    /// <param name="format">One of <see cref="BatchFormats"/>.</param>
    /// <param name="after">The last line that is at hand; 0 for none.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<HttpResponseMessage> OpenLinesAsync(string batchId, string kind, string format, long after, CancellationToken cancellationToken) =>
        SendAsync(
            () => new HttpRequestMessage(
                HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{Root}/{batchId}/{kind}?format={format}&after={after}")),
            cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(Func<HttpRequestMessage> create, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(create, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var answer = await JsonSerializer.DeserializeAsync(body, type, cancellationToken);
        _endurance.Succeed();
        return answer ?? throw new ServiceRefusedException((int)response.StatusCode, null);
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (fault, asked) = ("", (TimeSpan?)null);
            try
            {
                using var request = create();
                var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (response.IsSuccessStatusCode)
                    return response;

                using (response)
                {
                    if (!Endurance.IsPassing(response.StatusCode) && response.StatusCode != HttpStatusCode.Conflict)
                        throw new ServiceRefusedException((int)response.StatusCode, await ReadProblemAsync(response, cancellationToken));
                    fault = string.Create(CultureInfo.InvariantCulture, $"The service answers {(int)response.StatusCode}.");
                    asked = response.Headers.RetryAfter?.Delta;
                }
            }
            catch (Exception exception) when (Endurance.IsPassing(exception, cancellationToken))
            {
                fault = $"The service at {_http.BaseAddress} cannot be reached.";
            }

            await _endurance.PauseAsync(fault, asked, cancellationToken);
        }
    }

    private static async Task<Contracts.Problems.Problem?> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, ContractsJsonContext.Wire.Problem, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
