using System.Diagnostics;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Tests.Development;

/// <summary>The tables in the data directory of an emulator, which are kept in pieces.</summary>
public sealed class AzuriteTablesTests : IDisposable
{
    private const string Tables = "__azurite_db_table__.json";

    private readonly string _data = Directory.CreateTempSubdirectory("azurite-tables-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Rows_are_what_they_were_after_a_restart_whatever_was_done_to_them()
    {
        await using var emulator = await StartAsync();
        var table = new TableClient(emulator.ConnectionString, "rows");
        await table.CreateIfNotExistsAsync(Cancellation);
        await FillAsync(table, 0, 1200);
        await emulator.StopAsync(Cancellation);
        await emulator.RestartAsync(Cancellation);
        await FillAsync(table, 1200, 100);
        await table.UpsertEntityAsync(new TableEntity("p", Key(3)) { ["Value"] = "changed" }, cancellationToken: Cancellation);
        for (var row = 500; row < 1100; row++)
            await table.DeleteEntityAsync("p", Key(row), cancellationToken: Cancellation);
        await emulator.StopAsync(Cancellation);
        await emulator.RestartAsync(Cancellation);

        var rows = await ReadAsync(table);

        Assert.Equal(Enumerable.Range(0, 1300).Where(static row => row is < 500 or >= 1100).Select(Key), rows.Select(static row => row.RowKey));
        Assert.Equal("changed", rows[3].GetString("Value"));
        Assert.All(rows.Where(static row => row.RowKey != Key(3)), static row => Assert.Equal(row.RowKey, row.GetString("Value")));
        Assert.Equal("4", (await table.GetEntityIfExistsAsync<TableEntity>("p", Key(4), cancellationToken: Cancellation)).Value!.GetString("Value")!.TrimStart('0'));
    }

    [Fact]
    public async Task A_table_that_was_deleted_and_made_again_has_no_old_rows()
    {
        await using var emulator = await StartAsync();
        var table = new TableClient(emulator.ConnectionString, "rows");
        await table.CreateIfNotExistsAsync(Cancellation);
        await FillAsync(table, 0, 1200);
        await emulator.StopAsync(Cancellation);
        await emulator.RestartAsync(Cancellation);
        await table.DeleteAsync(Cancellation);
        await table.CreateIfNotExistsAsync(Cancellation);
        await FillAsync(table, 5, 1);
        await emulator.StopAsync(Cancellation);
        await emulator.RestartAsync(Cancellation);

        Assert.Equal([Key(5)], (await ReadAsync(table)).Select(static row => row.RowKey));
    }

    [Fact]
    public async Task No_file_grows_with_all_rows_and_none_is_left_over()
    {
        await using var emulator = await StartAsync();
        var table = new TableClient(emulator.ConnectionString, "rows");
        await table.CreateIfNotExistsAsync(Cancellation);
        for (var run = 0; run < 3; run++)
        {
            await FillAsync(table, 0, 2000, new string('x', 2000));
            await emulator.StopAsync(Cancellation);
            await emulator.RestartAsync(Cancellation);
        }

        var files = new DirectoryInfo(_data).GetFiles(Tables + "*");
        Assert.InRange(files.Sum(static file => file.Length), 2000 * 2000, 2 * 2000 * 2000);
        Assert.All(files, static file => Assert.InRange(file.Length, 0, 600 * 2500));
    }

    [Fact]
    public async Task A_folder_in_the_form_of_azurite_itself_is_taken_over()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Development", "azurite-tables.json"), Path.Combine(_data, Tables));
        await using var emulator = await StartAsync();
        var table = new TableClient(emulator.ConnectionString, "rows");
        await FillAsync(table, 7, 1);
        await emulator.StopAsync(Cancellation);
        await emulator.RestartAsync(Cancellation);

        Assert.Equal([Key(1), Key(2), Key(7)], (await ReadAsync(table)).Select(static row => row.RowKey));
    }

    [Fact]
    public async Task A_killed_emulator_starts_again_with_what_it_had_written()
    {
        await using var emulator = await StartAsync();
        var table = new TableClient(emulator.ConnectionString, "rows");
        await table.CreateIfNotExistsAsync(Cancellation);
        await FillAsync(table, 0, 600);
        await emulator.StopAsync(Cancellation);
        await emulator.RestartAsync(Cancellation);
        await FillAsync(table, 600, 600);
        // As if the process had died between a piece and the list.
        await File.WriteAllTextAsync(Path.Combine(_data, Tables + ".999"), "{\"half\":", Cancellation);
        using var child = Process.GetProcessById(emulator.ProcessId!.Value);
        child.Kill();

        var (exitCode, _) = await emulator.WaitForEndAsync(Cancellation);
        await emulator.RestartAsync(Cancellation);

        Assert.NotEqual(0, exitCode);
        Assert.Equal(Enumerable.Range(0, 600).Select(Key), (await ReadAsync(table)).Take(600).Select(static row => row.RowKey));
        Assert.False(File.Exists(Path.Combine(_data, Tables + ".999")));
    }

    private Task<AzuriteEmulator> StartAsync() => AzuriteEmulator.StartAsync(new AzuriteOptions { DataDirectory = _data }, Cancellation);

    private static string Key(int row) => row.ToString("D5", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task FillAsync(TableClient table, int first, int count, string? value = null)
    {
        foreach (var group in Enumerable.Range(first, count).Chunk(100))
        {
            await table.SubmitTransactionAsync(
                [
                    .. group.Select(row => new TableTransactionAction(
                        TableTransactionActionType.UpsertReplace, new TableEntity("p", Key(row)) { ["Value"] = value ?? Key(row) })),
                ],
                Cancellation);
        }
    }

    private static async Task<IReadOnlyList<TableEntity>> ReadAsync(TableClient table) =>
        await table.QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancellation).ToListAsync(Cancellation);
}
