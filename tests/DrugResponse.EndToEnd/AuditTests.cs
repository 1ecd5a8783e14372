using System.Globalization;
using DrugResponse.EndToEnd.Processes;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.EndToEnd;

/// <summary>The audit trail of the built app, verified by the command while no app runs.</summary>
public sealed class AuditTests
{
    private static readonly string Today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private static readonly string Tomorrow = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_trail_of_apps_that_were_killed_and_stopped_is_intact_and_a_change_in_it_is_named()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        var key = await Command.CreateKeyAsync(emulator.ConnectionString);
        var table = new TableServiceClient(emulator.ConnectionString).GetTableClient(AuditStore.TableName);
        await using (var killed = await StartAsync(emulator, key))
        {
            await killed.Http.GetAsync("/api/v1/genes", Cancellation);
            await Eventually.TrueAsync(async () => (await EntriesAsync(table)).Count == 3, "the entry is written beside those of the command that made the key");
            await killed.Process.KillAsync();
        }

        await using (var stopped = await StartAsync(emulator, key))
        {
            await stopped.Http.GetAsync("/api/v1/genes", Cancellation);
            await stopped.Process.TerminateAsync();
        }

        var intact = await VerifyAsync(emulator);
        var row = (await EntriesAsync(table))[^1];
        row["Content"] = "{}"u8.ToArray();
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, Cancellation);
        var changed = await VerifyAsync(emulator);

        Assert.Equal(0, intact.ExitCode);
        // How many anchors there are depends on when the apps looked.
        Assert.Matches(@"^9 rows in 3 chains \(1 without a last row\), \d anchors, 0 faults\.$", Assert.Single(intact.Output));
        Assert.Equal(2, changed.ExitCode);
        Assert.StartsWith($"altered: {row.PartitionKey}: ", changed.Output[0], StringComparison.Ordinal);
    }

    private static async Task<StandaloneApp> StartAsync(AzuriteEmulator emulator, string key)
    {
        var app = await StandaloneApp.StartAsync(ProductionSettings.For(emulator.ConnectionString));
        app.Http.DefaultRequestHeaders.Add("x-functions-key", key);
        return app;
    }

    private static Task<(int ExitCode, string[] Output, string[] Errors)> VerifyAsync(AzuriteEmulator emulator) => Command.RunAsync(
        emulator.ConnectionString, "audit", "verify", "--tenant", ProductionSettings.Tenant, "--from", Today, "--to", Tomorrow);

    private static async Task<List<TableEntity>> EntriesAsync(TableClient table)
    {
        var entries = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>("Kind eq 1", cancellationToken: Cancellation))
            entries.Add(row);
        return entries;
    }
}
