using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DrugResponse.EndToEnd.Processes;
using DrugResponse.Storage;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.Models;
using DrugResponse.Testing;

namespace DrugResponse.EndToEnd;

/// <summary>The main job through the built app as the Functions host drives it: models from blobs, a prediction over HTTP and queue, kept
/// in tables.</summary>
public sealed class PredictionTests
{
    private const string PatientId = "MRN-end-to-end";

    private static readonly string ModelsFolder = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        typeof(PredictionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static item => item.Key == nameof(ModelsFolder)).Value!));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Body(string requestId) =>
        $$"""
        {
          "requestId": "{{requestId}}",
          "patient": { "id": "{{PatientId}}", "ageYears": 65, "sex": "female", "weightKg": 71.5, "heightCm": 165, "ancestry": "European" },
          "genotype": { "diplotypes": { "CYP2C9": "*1/*3" }, "variants": { "rs9923231": "C/T" } },
          "medications": [ { "drug": "amiodarone" } ],
          "candidates": [ "warfarin" ]
        }
        """;

    [Theory]
    [InlineData(HttpForwarding.Proxy)]
    [InlineData(HttpForwarding.Forward)]
    public async Task Prediction_over_http_and_queue_survives_the_end_of_the_process(HttpForwarding forwarding)
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var host = await FunctionsHostStandIn.StartAsync(ProductionSettings.For(emulator.ConnectionString));
        host.Key = await Command.CreateKeyAsync(emulator.ConnectionString);
        await PublishModelsAsync(emulator.ConnectionString, host, forwarding);

        using var posted = await host.SendAsync(forwarding, HttpMethod.Post, "/api/v1/predictions", Json(Body("over-http")));
        var queued = Encoding.UTF8.GetBytes(Body("over-queue"));
        var verdicts = new List<InvocationVerdict>
        {
            await host.InvokeAsync("ScoreQueuedPatient", "message", queued, PayloadForm.Binary),
            await host.InvokeAsync("ScoreQueuedPatient", "message", queued, PayloadForm.Binary, dequeueCount: 2),
        };
        await host.RestartHandlerAsync();
        await ReadyAsync(host, forwarding);

        Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        Assert.All(verdicts, verdict => Assert.Equal(InvocationVerdict.Succeeded, verdict));
        var answer = await posted.Content.ReadAsStringAsync(Cancellation);
        var dose = JsonNode.Parse(answer)!["drugs"]![0]!["dose"]!;
        Assert.InRange((double)dose["value"]!, (double)dose["interval"]!["low"]!, (double)dose["interval"]!["high"]!);
        using var read = await host.SendAsync(forwarding, HttpMethod.Get, posted.Headers.Location!.ToString());
        Assert.Equal(answer, await read.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(2, (await PredictionsAsync(host, forwarding)).Count);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<JsonArray> PredictionsAsync(FunctionsHostStandIn host, HttpForwarding forwarding)
    {
        using var lookup = await host.SendAsync(forwarding, HttpMethod.Post, "/api/v1/patients/lookup", Json($$"""{ "id": "{{PatientId}}" }"""));
        var patientKey = (string)JsonNode.Parse(await lookup.Content.ReadAsStringAsync(Cancellation))!["patientKey"]!;
        using var list = await host.SendAsync(forwarding, HttpMethod.Get, $"/api/v1/patients/{patientKey}/predictions");
        return JsonNode.Parse(await list.Content.ReadAsStringAsync(Cancellation))!["predictions"]!.AsArray();
    }

    // As a data scientist does it: every file, and the registry last. The app has created the container.
    private static async Task PublishModelsAsync(string connectionString, FunctionsHostStandIn host, HttpForwarding forwarding)
    {
        var storage = new StorageConnection(new StorageOptions { ConnectionString = connectionString });
        await StorageSchema.EnsureCreatedAsync(storage, Cancellation);
        var store = new ModelBlobStore(storage.Blobs);
        var files = Directory.EnumerateFiles(ModelsFolder, "*", SearchOption.AllDirectories)
            .Where(static file => file.EndsWith(".zip", StringComparison.Ordinal) || Path.GetFileName(file) == "card.json")
            .Append(Path.Combine(ModelsFolder, ModelBlobStore.RegistryPath));
        foreach (var file in files)
            await store.UploadAsync(Path.GetRelativePath(ModelsFolder, file).Replace('\\', '/'), await File.ReadAllBytesAsync(file, Cancellation), Cancellation);
        var registry = await File.ReadAllBytesAsync(Path.Combine(ModelsFolder, ModelBlobStore.RegistryPath), Cancellation);
        await store.UploadAsync($"signatures/{Convert.ToHexStringLower(SHA256.HashData(registry))}.sig", SigningKey.Sign(registry), Cancellation);
        await ReadyAsync(host, forwarding);
    }

    private static Task ReadyAsync(FunctionsHostStandIn host, HttpForwarding forwarding) => Eventually.TrueAsync(
        async () =>
        {
            using var ready = await host.SendAsync(forwarding, HttpMethod.Get, "/api/health/ready");
            return ready.StatusCode == HttpStatusCode.OK;
        },
        "the app is ready");
}
