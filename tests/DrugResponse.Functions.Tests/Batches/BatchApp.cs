using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>An app that carries batches out, on an emulator of its own.</summary>
public sealed class BatchApp : IAsyncLifetime
{
    /// <summary>Rows of a chunk: few, so that small cohorts have several chunks.</summary>
    public const int ChunkRows = 10;

    private AzuriteEmulator? _emulator;
    private WholeApp? _app;

    internal WholeApp App => _app ?? throw new InvalidOperationException("The fixture is not initialised: xUnit does that.");

    internal string ConnectionString => _emulator!.ConnectionString;

    /// <summary>Settings with which an app carries batches out without the pauses that are good for production.</summary>
    internal static IReadOnlyList<string> Listening { get; } =
    [
        "DrugResponse:Triggers:Enabled=true",
        "DrugResponse:Triggers:MessageInvisibility=00:00:05",
        "AzureFunctionsJobHost:extensions:queues:visibilityTimeout=00:00:00",
        "AzureFunctionsJobHost:extensions:queues:maxPollingInterval=00:00:00.1",
        $"DrugResponse:Batches:ChunkRows={ChunkRows}",
    ];

    public async ValueTask InitializeAsync()
    {
        _emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions());
        _app = await WholeApp.StartReadyAsync(_emulator.ConnectionString, [.. Listening]);
        await _app.Service<StorageSetup>().Done;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_emulator is not null)
            await _emulator.DisposeAsync();
    }
}

/// <summary>Speaks to an app about batches.</summary>
internal static class BatchCalls
{
    public const string NdJson = "application/x-ndjson";

    public static Task<Answer> SubmitAsync(
        this WholeApp app, string body, string mediaType = NdJson, string query = "", string? idempotencyKey = null) =>
        app.SubmitAsync(Encoding.UTF8.GetBytes(body), mediaType, query, idempotencyKey);

    public static Task<Answer> SubmitAsync(
        this WholeApp app, byte[] body, string mediaType = NdJson, string query = "", string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "v1/batches" + query)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } },
        };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return app.SendAsync(request);
    }

    public static BatchStatus Status(this Answer answer)
    {
        Assert.True(answer.Status is HttpStatusCode.Accepted or HttpStatusCode.OK, $"{answer.Status}: {answer.Text}");
        return JsonSerializer.Deserialize(answer.Bytes, ContractsJsonContext.Wire.BatchStatus)!;
    }

    public static async Task<BatchStatus> StatusAsync(this WholeApp app, string batchId) => (await app.GetAsync($"v1/batches/{batchId}")).Status();

    /// <summary>Waits until a batch has ended.</summary>
    public static async Task<BatchStatus> EndAsync(this WholeApp app, string batchId, TimeSpan? limit = null)
    {
        BatchStatus? status = null;
        await Eventually.TrueAsync(
            async () => BatchStates.IsFinal((status = await app.StatusAsync(batchId)).State), "the batch has ended", limit);
        return status!;
    }

    /// <summary>Submits a cohort that must be accepted, and waits until it has ended.</summary>
    public static async Task<BatchStatus> RunAsync(this WholeApp app, string body, string mediaType = NdJson, string query = "") =>
        await app.EndAsync((await app.SubmitAsync(body, mediaType, query)).Status().BatchId);

    /// <summary>The lines of an NDJSON answer.</summary>
    public static IReadOnlyList<JsonNode> Lines(this Answer answer)
    {
        Assert.True(answer.Status is HttpStatusCode.OK, $"{answer.Status}: {answer.Text}");
        return [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];
    }

    public static async Task<IReadOnlyList<JsonNode>> ResultsAsync(this WholeApp app, string batchId) =>
        (await app.GetAsync($"v1/batches/{batchId}/results?format=ndjson")).Lines();

    public static async Task<IReadOnlyList<JsonNode>> ErrorsAsync(this WholeApp app, string batchId) =>
        (await app.GetAsync($"v1/batches/{batchId}/errors?format=ndjson")).Lines();
}
