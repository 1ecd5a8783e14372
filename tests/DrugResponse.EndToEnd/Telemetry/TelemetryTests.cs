using System.IO.Compression;
using System.Text;
using Azure.Storage.Queues;
using DrugResponse.Client;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Predictions;
using DrugResponse.EndToEnd.Processes;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;

namespace DrugResponse.EndToEnd.Telemetry;

/// <summary>
/// Everything that the running app sends out about itself: that it is there, and that nothing about patients is in it. The requests hold words
/// and numbers that occur nowhere else. Others are planted in the telemetry itself, and the search must find those.
/// </summary>
public sealed class TelemetryTests
{
    private const string Canary = "qzcanary";
    private const string Weight = "83.1705";

    /// <summary>What describes the patients of this test. Numbers are looked for as texts and as the bytes of a double.</summary>
    internal static readonly string[] Inputs =
    [
        Canary, Weight, Encoding.Latin1.GetString(BitConverter.GetBytes(83.1705)), "*2/*3", "rs9923231", "heart failure", "amiodarone",
    ];

    private static readonly string[] Signals =
    [
        "drugresponse.scores", "drugresponse.model.version", "drugresponse.scoring.duration", "drugresponse.queue.lag",
        "drugresponse.model.loads", "drugresponse.batch.rows", "drugresponse.batches", "http.server.request.duration",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly string[] Spans = ["POST api/v1/predictions", "process batch-chunks", "process prediction-requests"];

    private static readonly string[] QueueTags =
    [
        "drugresponse.function", "messaging.destination.name", "messaging.message.body.size", "messaging.message.id",
        "messaging.operation.name", "messaging.operation.type", "messaging.system",
    ];

    private static string Row => $$$"""
        {"rowId":"{{{Canary}}}-row","patient":{"id":"MRN-{{{Canary}}}","ageYears":65,"weightKg":{{{Weight}}},"ancestry":"{{{Canary}}} people"},"genotype":{"diplotypes":{"CYP2C9":"*2/*3"},"variants":{"rs9923231":"C/T"}},"medications":[{"drug":"amiodarone"},{"text":"{{{Canary}}} 5 mg"}],"conditions":["heart failure","{{{Canary}}}"],"candidates":["warfarin","{{{Canary}}} drug"]}
        """;

    private static string Prediction => Row.Replace("\"rowId\"", "\"requestId\"", StringComparison.Ordinal);

    [Fact]
    public async Task Tells_what_the_app_does_and_nothing_about_patients()
    {
        await using var collector = OtlpCollector.Start();
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await PublishedModels.UploadAsync(emulator.ConnectionString);
        var key = await Command.CreateKeyAsync(emulator.ConnectionString, "pharmacy,sponsor,admin");
        await using var app = await StandaloneApp.StartAsync(
        [
            .. ProductionSettings.For(emulator.ConnectionString),
            ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
            ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.2"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.ToString()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_RESOURCE_ATTRIBUTES", Planted()),
            ("Logging__LogLevel__Default", "Debug"),
        ]);

        app.Http.DefaultRequestHeaders.Add("x-functions-key", key);
        string[] secrets = [SecretOf(key), await WorkAsync(app, key, emulator.ConnectionString)];
        Assert.Equal(0, await app.Process.TerminateAsync());

        var (traces, metrics, logs) = (collector.Received("/v1/traces"), collector.Received("/v1/metrics"), collector.Received("/v1/logs"));
        byte[] everything = [.. traces, .. metrics, .. logs, .. app.Process.Output.Concat(app.Process.Errors).SelectMany(Encoding.UTF8.GetBytes)];
        Assert.Equal(Signals.Order(StringComparer.Ordinal), LeakSearch.Find(metrics, Signals));
        Assert.Equal(Spans, LeakSearch.Find(traces, Spans));
        Assert.Equal(QueueTags, LeakSearch.Find(traces, QueueTags));
        Assert.Equal(["Models in use"], LeakSearch.Find(logs, "Models in use"));
        string[] planted = ["qzmixed", "qzplain", "qzsixtyfour", "qzurl", "qzzip"];
        Assert.Equal(planted, LeakSearch.Find(everything, planted));
        Assert.Empty(LeakSearch.Find(everything, [.. Inputs, .. secrets]));
    }

    // Gives the secret of a key that was made meanwhile.
    private static async Task<string> WorkAsync(StandaloneApp app, string key, string connectionString)
    {
        var api = app.Connect(key);
        await Eventually.TrueAsync(async () => (await api.GetReadyHealthAsync(Cancellation)).Status == "ready", "the app is ready");

        var batchId = await SubmitAsync(app);
        await SendAsync(app, HttpMethod.Post, "/api/v1/predictions", Prediction);
        await SendAsync(app, HttpMethod.Post, "/api/v1/predictions", Prediction);
        await SendAsync(app, HttpMethod.Post, "/api/v1/predictions", Prediction.Replace(Weight, $"\"{Weight} {Canary}\"", StringComparison.Ordinal));
        await SendAsync(app, HttpMethod.Post, "/api/v1/predictions", Prediction[..60]);
        await SendAsync(app, HttpMethod.Post, "/api/v1/patients/lookup", $$"""{"id":"MRN-{{Canary}}"}""");
        await SendAsync(app, HttpMethod.Post, $"/api/v1/genotypes/translate?calls={Canary}", Prediction);
        await SendAsync(app, HttpMethod.Get, $"/api/v1/patients/{Canary}/predictions?after={Canary}", null);
        await SendAsync(app, HttpMethod.Get, $"/api/{Canary}", null);
        await SendAsync(app, HttpMethod.Get, $"/api/v1/models/{Canary}/dose", null);

        var queues = new QueueServiceClient(connectionString, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var queue = queues.GetQueueClient("prediction-requests");
        await queue.SendMessageAsync(Prediction, Cancellation);
        await queue.SendMessageAsync(Prediction.Replace("\"*2/*3\"", $"\"*{Canary}\"", StringComparison.Ordinal), Cancellation);
        var poison = queues.GetQueueClient("prediction-requests-poison");
        await Eventually.TrueAsync(
            async () => await poison.ExistsAsync(Cancellation) && (await poison.PeekMessageAsync(Cancellation)).Value is not null,
            "the bad message lies in the poison queue");
        await api.WaitForBatchAsync(batchId, cancellationToken: Cancellation);
        await api.GetBatchResultsAsync(batchId, cancellationToken: Cancellation).ToListAsync(Cancellation);

        var queuedPrediction = await api.QueuePredictionAsync(new PredictionRequest { Candidates = ["warfarin"] }, cancellationToken: Cancellation);
        await api.WaitForPredictionAsync(queuedPrediction.PredictionId, cancellationToken: Cancellation);
        var created = await api.CreateKeyAsync(new ApiKeyRequest { Name = Canary, Roles = [CallerRoles.Pharmacy] }, Cancellation);
        await Assert.ThrowsAsync<DrugResponseApiException>(() => app.Connect($"{created.Key[..^1]}!").ListGenesAsync(Cancellation));
        return SecretOf(created.Key);
    }

    private static string SecretOf(string key) => key.Split('.')[^1];

    private static async Task<string> SubmitAsync(StandaloneApp app)
    {
        var answer = await SendAsync(app, HttpMethod.Post, "/api/v1/batches", $"{Row}\n{Row.Replace(Weight, "-1", StringComparison.Ordinal)}\n", "application/x-ndjson");
        using var status = System.Text.Json.JsonDocument.Parse(answer);
        return status.RootElement.GetProperty("batchId").GetString()!;
    }

    // Headers are the caller's words too.
    private static async Task<string> SendAsync(StandaloneApp app, HttpMethod method, string path, string? body, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        request.Headers.TryAddWithoutValidation("User-Agent", Canary);
        request.Headers.Add("Idempotency-Key", $"{Canary}-{Guid.NewGuid()}");
        request.Headers.Add("traceparent", $"00-{Guid.NewGuid():N}-00f067aa0ba902b7-01");
        request.Headers.Add("tracestate", $"{Canary}={Canary}");
        request.Headers.Add("baggage", $"patient={Canary}");
        using var response = await app.Http.SendAsync(request, Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private static string Planted()
    {
        string[] attributes =
        [
            "planted.plain=qzplain",
            $"planted.base64={Escape(Convert.ToBase64String("the word qzsixtyfour"u8))}",
            $"planted.zip={Escape(Convert.ToBase64String(GZip("the word qzzip, compressed"u8)))}",
            $"planted.mixed={Escape(Escape(Convert.ToBase64String(GZip("qzmixed"u8))))}",
            // Escaped twice, since the attributes of a resource are unescaped once.
            "planted.url=%2571zurl",
        ];
        return string.Join(',', attributes);
    }

    private static byte[] GZip(ReadOnlySpan<byte> bytes)
    {
        using var zip = new MemoryStream();
        using (var gzip = new GZipStream(zip, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return zip.ToArray();
    }

    private static string Escape(string value) => Uri.EscapeDataString(value);
}
