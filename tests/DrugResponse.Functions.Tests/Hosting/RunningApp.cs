using System.Net.Http.Headers;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.Hosting.Triggers.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DrugResponse.Functions.Tests.Hosting;

/// <summary>The app on a real server: whole, or its hosting alone with functions of the test's own in place of the capabilities.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningApp(WebApplication app)
    {
        _app = app;
        var listening = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Addresses = [.. listening.Addresses.Select(static address => new Uri(address))];
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>The public address, and standalone after it the one of the local triggers.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    public Uri PublicAddress => Addresses[0];

    public LocalTriggerPort TriggerPort => Services.GetRequiredService<LocalTriggerPort>();

    /// <summary>Starts a standalone app on free ports that listens to no queue by itself.</summary>
    public static Task<RunningApp> StartStandaloneAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? register = null) =>
        StartAsync(
            [
                "--environment=Production",
                "--DrugResponse:Hosting:Address=127.0.0.1",
                "--DrugResponse:Hosting:Port=0",
                "--DrugResponse:Triggers:Enabled=false",
            ],
            map,
            register);

    /// <summary>Starts an app as a custom handler at a port.</summary>
    public static Task<RunningApp> StartBehindHostAsync(int port, Action<WebApplication> map, params string[] settings) =>
        StartAsync([$"--{FunctionsHostPort.VariableName}={port}", "--environment=Production", .. settings], map, register: null);

    /// <summary>Starts the whole app, standalone and on free ports.</summary>
    public static Task<RunningApp> StartWholeAsync(IEnumerable<string> settings, Action<WebApplicationBuilder> register) =>
        StartAsync(
            ["--DrugResponse:Hosting:Address=127.0.0.1", "--DrugResponse:Hosting:Port=0", .. settings],
            Program.Map,
            builder =>
            {
                Program.Register(builder);
                register(builder);
            });

    public async Task StopAsync() => await _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>Posts an invocation over the local trigger port, with the secret.</summary>
    public async Task<HttpResponseMessage> InvokeAsync(string function, string payload)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(TriggerPort.BaseAddress, function))
        {
            Content = new StringContent(payload, MediaTypeHeaderValue.Parse("application/json")),
        };
        request.Headers.Add(TriggerConnection.SecretHeader, TriggerPort.Secret);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<RunningApp> StartAsync(string[] args, Action<WebApplication> map, Action<WebApplicationBuilder>? register)
    {
        var builder = FunctionsAppBuilder.Create(args);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ReceivedMessages>();
        register?.Invoke(builder);

        var app = builder.Build();
        app.UseFunctionsHosting();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningApp(app);
    }
}
