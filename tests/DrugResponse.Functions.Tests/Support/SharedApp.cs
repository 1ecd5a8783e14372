using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Support;

/// <summary>One app for all tests of a class.</summary>
public sealed class SharedApp(AzuriteFixture azurite) : IAsyncLifetime
{
    private WholeApp? _app;

    internal WholeApp App => _app ?? throw new InvalidOperationException("The fixture is not initialised: xUnit does that.");

    public async ValueTask InitializeAsync() => _app = await WholeApp.StartReadyAsync(azurite.ConnectionString);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
