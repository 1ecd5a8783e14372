using DrugResponse.Storage.Development;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>An emulator for the tests of one class, in whose queues nobody but they looks.</summary>
public sealed class QuietStorage : IAsyncLifetime
{
    private AzuriteEmulator? _emulator;

    public string ConnectionString => _emulator?.ConnectionString ?? throw new InvalidOperationException("The fixture is not initialised: xUnit does that.");

    public async ValueTask InitializeAsync() => _emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions());

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
            await _emulator.DisposeAsync();
    }
}
