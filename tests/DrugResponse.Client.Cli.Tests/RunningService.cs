using DrugResponse.EndToEnd.Processes;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;

namespace DrugResponse.Client.Cli.Tests;

/// <summary>The service, for the tests of one class.</summary>
public sealed class RunningService : IAsyncLifetime
{
    private AzuriteEmulator? _emulator;
    private StandaloneApp? _app;

    public Uri Address => _app!.Http.BaseAddress!;

    public async ValueTask InitializeAsync()
    {
        // What a user has in the environment; what the app takes in Development.
        Environment.SetEnvironmentVariable("DRUGRESPONSE_API_KEY", "development");
        _emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions());
        _app = await StandaloneApp.StartAsync(
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("AzureWebJobsStorage", _emulator.ConnectionString),
            ("DrugResponse__Batches__ChunkRows", "50"),
            ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.2"));
        await Eventually.TrueAsync(
            async () => (await _app.Http.GetAsync("/api/health/ready")).IsSuccessStatusCode, "the service is ready");
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_emulator is not null)
            await _emulator.DisposeAsync();
    }
}
