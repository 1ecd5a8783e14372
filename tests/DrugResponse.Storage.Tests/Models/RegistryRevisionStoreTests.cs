using DrugResponse.Storage.Development;
using DrugResponse.Storage.Models;

namespace DrugResponse.Storage.Tests.Models;

/// <summary>The table has one row, so these tests have an emulator of their own.</summary>
public sealed class RegistryRevisionStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_highest_revision_is_kept_whatever_order_they_are_noted_in()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        var connection = new StorageConnection(new StorageOptions { ConnectionString = emulator.ConnectionString });
        await connection.Tables.CreateTableIfNotExistsAsync(RegistryRevisionStore.TableName, Cancellation);
        var store = new RegistryRevisionStore(connection.Tables);

        Assert.Null(await store.FindAsync(Cancellation));
        await store.RaiseAsync(5, Cancellation);
        await store.RaiseAsync(3, Cancellation);
        Assert.Equal(5, await store.FindAsync(Cancellation));
        await Task.WhenAll(Enumerable.Range(6, 5).Select(revision => store.RaiseAsync(revision, Cancellation)));
        Assert.Equal(10, await store.FindAsync(Cancellation));
    }
}
