using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.Models;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Functions.Tests.Hosting;
using DrugResponse.Storage;
using DrugResponse.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DrugResponse.Functions.Tests.Support;

/// <summary>
/// The whole app in this process: a real server, real storage, a tenant of its own, a clock that can be put forward, all logs kept. It
/// runs in Development, so it publishes the repository's models into a container that has none.
/// </summary>
internal sealed class WholeApp : IAsyncDisposable
{
    /// <summary>The day on which the app starts.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Settings of an app in Production. Unlike in Development nothing is made up for it: it needs keys.</summary>
    public static readonly IReadOnlyList<string> Production =
    [
        "environment=Production",
        $"DrugResponse:Pseudonyms:Keys:1={Convert.ToBase64String(new byte[32])}",
        $"DrugResponse:Protection:Keys:1={Convert.ToBase64String(new byte[32])}",
        $"DrugResponse:Models:PublicKeys:0={SigningKey.Public}",
    ];

    private readonly RunningApp _app;
    private readonly HttpClient _http;

    private WholeApp(RunningApp app, TenantName tenant, string key, ShiftedClock clock, CapturedLogs logs)
    {
        _app = app;
        _http = ClientWith(key);
        Tenant = tenant;
        Clock = clock;
        Logs = logs;
    }

    public IServiceProvider Services => _app.Services;

    public TenantName Tenant { get; }

    public ShiftedClock Clock { get; }

    public CapturedLogs Logs { get; }

    public Uri Address => _app.PublicAddress;

    /// <summary>Starts an app that listens to no queue by itself, unless a setting says otherwise.</summary>
    /// <param name="connectionString">The storage account.</param>
    /// <param name="settings">Further settings, <c>Section:Key=value</c>; they win over the ones set here.</param>
    public static Task<WholeApp> StartAsync(string connectionString, params IReadOnlyList<string> settings) =>
        StartAsync(connectionString, static _ => { }, settings);

    /// <summary>Starts an app with services that take the place of its own.</summary>
    /// <param name="connectionString">The storage account.</param>
    /// <param name="register">Registers them.</param>
    /// <param name="settings">As above.</param>
    public static async Task<WholeApp> StartAsync(
        string connectionString, Action<IServiceCollection> register, params IReadOnlyList<string> settings)
    {
        const string TenantSetting = "DrugResponse:Access:Tenant=";
        var given = settings.LastOrDefault(static setting => setting.StartsWith(TenantSetting, StringComparison.Ordinal));
        // One that is none stays among the settings below, for the app to refuse.
        if (!TenantName.TryParse(given?[TenantSetting.Length..], out var tenant))
            tenant = AzuriteFixture.UniqueTenant();
        var clock = new ShiftedClock(Start);
        var logs = new CapturedLogs();
        string[] usual =
        [
            "environment=Development",
            $"AzureWebJobsStorage={connectionString}",
            $"{TenantSetting}{tenant}",
            "DrugResponse:Triggers:Enabled=false",
            "DrugResponse:Limits:RequestsPerSecond=100000",
            "DrugResponse:Limits:Burst=100000",
            "DrugResponse:Models:WatchInterval=00:00:00.1",
        ];
        var app = await RunningApp.StartWholeAsync(usual.Concat(settings).Select(static setting => $"--{setting}"), builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton(new DevelopmentConsole(TextWriter.Null));
            register(builder.Services);
            builder.Logging.AddProvider(logs).AddFilter<CapturedLogs>(category: null, LogLevel.Trace);
        });
        return new WholeApp(app, tenant, await KeyAsync(app, tenant), clock, logs);
    }

    // What a developer has without asking, and an operator of Production gets by the command.
    private static async Task<string> KeyAsync(RunningApp app, TenantName tenant)
    {
        if (app.Services.GetRequiredService<IHostEnvironment>().IsDevelopment())
            return DevelopmentKey.Text;

        await app.Services.GetRequiredService<StorageSetup>().Done.WaitAsync(TestContext.Current.CancellationToken);
        var (_, text) = await app.Services.GetRequiredService<KeyIssuer>().CreateAsync(
            tenant, new ApiKeyRequest { Name = "test", Roles = CallerRoles.All }, TestContext.Current.CancellationToken);
        return text.Reveal();
    }

    /// <summary>
    /// Starts an app and waits until its models are loaded. On a busy machine that takes longer than the app has requests wait for them, so
    /// whatever predicts or delivers rows starts its app this way.
    /// </summary>
    /// <param name="connectionString">The storage account.</param>
    /// <param name="settings">Further settings.</param>
    public static Task<WholeApp> StartReadyAsync(string connectionString, params IReadOnlyList<string> settings) =>
        StartReadyAsync(connectionString, static _ => { }, settings);

    /// <summary>Starts an app with services that take the place of its own, and waits until its models are loaded.</summary>
    /// <param name="connectionString">The storage account.</param>
    /// <param name="register">Registers them.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<WholeApp> StartReadyAsync(
        string connectionString, Action<IServiceCollection> register, params IReadOnlyList<string> settings)
    {
        var app = await StartAsync(connectionString, register, settings);
        await Eventually.TrueAsync(() => app.Service<ModelSetKeeper>().Current is not null, "the app has loaded its models");
        return app;
    }

    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A client with another credential than the app's own; null for none.</summary>
    public HttpClient ClientWith(string? key)
    {
        var http = new HttpClient { BaseAddress = new Uri(_app.PublicAddress, "/api/") };
        if (key is not null)
            http.DefaultRequestHeaders.Add(ApiKeyHandler.Header, key);
        return http;
    }

    public Task<Answer> PredictAsync(Body body, string? idempotencyKey = null) => PredictAsync(body.Utf8, idempotencyKey);

    public Task<Answer> PredictAsync(byte[] body, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "v1/predictions") { Content = Json(body) };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return SendAsync(request);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            return await Answer.OfAsync(response);
        }
    }

    /// <summary>Looks a patient up by its id.</summary>
    public Task<Answer> LookUpAsync(string patientId) => SendAsync(new HttpRequestMessage(HttpMethod.Post, "v1/patients/lookup")
    {
        Content = Json(new JsonObject { ["id"] = patientId }.ToJsonString()),
    });

    /// <summary>The ids of a patient's predictions, newest first; none when there is no such patient. For up to a page.</summary>
    public async Task<IReadOnlyList<string>> PredictionsOfAsync(string patientId)
    {
        var lookup = await LookUpAsync(patientId);
        if (lookup.Status is System.Net.HttpStatusCode.NotFound)
            return [];

        var list = await GetAsync($"v1/patients/{lookup.Json["patientKey"]}/predictions");
        return [.. list.Json["predictions"]!.AsArray().Select(static prediction => (string)prediction!["predictionId"]!)];
    }

    /// <summary>Posts a queue message to the trigger endpoint, as the Functions host does.</summary>
    public async Task<Answer> DeliverAsync(byte[] message, string messageId, int dequeueCount = 1, string function = "ScoreQueuedPatient")
    {
        var payload = new JsonObject
        {
            ["Data"] = new JsonObject { ["message"] = Convert.ToBase64String(message) },
            ["Metadata"] = new JsonObject { ["Id"] = $"\"{messageId}\"", ["DequeueCount"] = $"{dequeueCount}" },
        };
        using var response = await _app.InvokeAsync(function, payload.ToJsonString());
        return await Answer.OfAsync(response);
    }

    /// <summary>Fires a timer function, as the Functions host does.</summary>
    public async Task<Answer> TickAsync(string function)
    {
        using var response = await _app.InvokeAsync(function, """{ "Data": { "timer": { "IsPastDue": false } }, "Metadata": {} }""");
        return await Answer.OfAsync(response);
    }

    public static HttpContent Json(byte[] utf8) =>
        new ByteArrayContent(utf8) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    public static HttpContent Json(string json) => Json(System.Text.Encoding.UTF8.GetBytes(json));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
