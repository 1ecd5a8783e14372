using DrugResponse.Functions.Tests.Support;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Predictions;

/// <summary>One app for all tests of a class.</summary>
public sealed class PredictionsApp(AzuriteFixture azurite) : IAsyncLifetime
{
    private WholeApp? _app;

    internal WholeApp App => _app ?? throw new InvalidOperationException("The fixture is not initialised: xUnit does that.");

    public async ValueTask InitializeAsync() => _app = await WholeApp.StartAsync(azurite.ConnectionString);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
