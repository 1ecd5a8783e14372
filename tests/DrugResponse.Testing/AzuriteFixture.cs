using DrugResponse.Storage;
using DrugResponse.Storage.Development;
using Xunit;

namespace DrugResponse.Testing;

/// <summary>
/// One in-memory Azurite for a whole test process. A test assembly asks for it with
/// <c>[assembly: AssemblyFixture(typeof(AzuriteFixture))]</c>, its test classes by a constructor parameter. Tests run beside each other
/// against it, so each names its own tables, queues and containers with <see cref="UniqueName"/>.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly Lazy<Task<StorageConnection>> _connection;
    private AzuriteEmulator? _emulator;

    public AzuriteFixture() => _connection = new Lazy<Task<StorageConnection>>(ConnectAndCreateAsync);

    /// <summary>Reaches blobs, queues and tables.</summary>
    public string ConnectionString =>
        _emulator?.ConnectionString ?? throw new InvalidOperationException("The fixture is not initialised: xUnit does that.");

    /// <summary>
    /// Connects with the application's tables, queues and containers in place. All tests that call this share them, so each works as a
    /// tenant of its own: <see cref="UniqueTenant"/>.
    /// </summary>
    public Task<StorageConnection> ConnectAsync() => _connection.Value;

    /// <summary>A tenant that no other test has.</summary>
    public static TenantName UniqueTenant() => TenantName.Parse(UniqueName("tenant"));

    /// <summary>
    /// A name that no other test has, valid for a table, a queue and a container alike.
    /// </summary>
    /// <param name="prefix">Lower-case ASCII letters, to tell the names apart when debugging; at most 30.</param>
    public static string UniqueName(string prefix) => prefix + Guid.NewGuid().ToString("N");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
            await _emulator.DisposeAsync();
    }

    private async Task<StorageConnection> ConnectAndCreateAsync()
    {
        var connection = new StorageConnection(new StorageOptions { ConnectionString = ConnectionString });
        await StorageSchema.EnsureCreatedAsync(connection);
        return connection;
    }
}
