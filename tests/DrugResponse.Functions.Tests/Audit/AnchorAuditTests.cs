using System.Net;
using System.Text.Json.Nodes;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Tests.Batches;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;
using Microsoft.Extensions.Configuration;

namespace DrugResponse.Functions.Tests.Audit;

/// <summary>Anchors, and the chains that they hold, over days, restarts and clocks that are put back.</summary>
public sealed class AnchorAuditTests(QuietStorage storage) : IClassFixture<QuietStorage>
{
    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_end_that_is_cut_off_later_is_missed_by_the_anchor()
    {
        string chain;
        await using (var app = await StartAsync())
        {
            await app.GetAsync("v1/genes");
            chain = (string)(await app.GetAsync("v1/audit")).Json["entries"]![0]!["chain"]!;
            Assert.Equal(HttpStatusCode.OK, (await app.TickAsync("AnchorAudit")).Status);
        }

        await using var later = await StartAsync();
        await CutAsync(later, chain);
        var report = await later.GetAsync("v1/audit/verify");

        Assert.Equal(1, (int)report.Json["anchors"]!);
        var fault = Assert.Single(report.Json["faults"]!.AsArray())!;
        Assert.Equal(("removed", chain, 1L), ((string)fault["kind"]!, (string)fault["chain"]!, (long)fault["row"]!));
        Assert.Contains("the anchor of", (string)fault["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chains_of_days_on_which_nothing_was_anchored_are_anchored_later()
    {
        foreach (var (day, isAnchored) in new[] { (0, false), (3, true), (6, false), (10, true) })
        {
            await using var app = await StartAsync(day);
            await app.GetAsync("v1/genes");
            await app.Service<AuditTrail>().FlushAsync(Cancellation);
            if (isAnchored)
                Assert.Equal(HttpStatusCode.OK, (await app.TickAsync("AnchorAudit")).Status);
        }

        await using var later = await StartAsync(days: 11);
        var report = await later.GetAsync("v1/audit/verify?from=2026-11-20&to=2026-11-30");

        Assert.Equal(4, (int)report.Json["chains"]!);
        Assert.True((bool)report.Json["intact"]!, report.Text);
    }

    [Fact]
    public async Task A_chain_that_was_never_anchored_is_named()
    {
        await using (var app = await StartAsync())
            await app.GetAsync("v1/genes");

        await using var later = await StartAsync(days: 1);
        var report = await later.GetAsync("v1/audit/verify?from=2026-11-20");

        Assert.Equal("not-anchored", (string?)Assert.Single(report.Json["faults"]!.AsArray())!["kind"]);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_over_midnight_overwrites_nothing()
    {
        await using var app = await StartAsync();
        for (var i = 0; i < 3; i++)
            await app.GetAsync("v1/genes");
        await app.Service<AuditTrail>().FlushAsync(Cancellation);
        app.Clock.Advance(TimeSpan.FromHours(13));
        await app.GetAsync("v1/genes");
        await app.Service<AuditTrail>().FlushAsync(Cancellation);
        app.Clock.Advance(TimeSpan.FromHours(-13));
        await app.GetAsync("v1/genes");
        await app.Service<AuditTrail>().FlushAsync(Cancellation);

        var report = await app.GetAsync("v1/audit/verify?from=2026-11-20&to=2026-11-21");
        var first = (await app.GetAsync("v1/audit?day=2026-11-20")).Json["entries"]!.AsArray();
        var second = (await app.GetAsync("v1/audit?day=2026-11-21")).Json["entries"]!.AsArray();

        Assert.True((bool)report.Json["intact"]!, report.Text);
        Assert.Equal((2, 3, 2), ((int)report.Json["chains"]!, Genes(first), Genes(second)));
        Assert.NotEqual(WriterOf(first), WriterOf(second));
    }

    [Fact]
    public void Anchors_are_also_made_at_the_start()
    {
        var definition = Assert.Single(
            FunctionDefinition.ReadAll(AppContext.BaseDirectory, new ConfigurationBuilder().Build()),
            static function => function.Name == AnchorAudit.FunctionName);

        Assert.True(Assert.IsType<TimerTrigger>(definition.Trigger).RunOnStartup);
    }

    private static int Genes(JsonArray entries) => entries.Count(static entry => (string?)entry!["action"] == "ListGenes");

    private static string WriterOf(JsonArray entries) => ((string)entries[0]!["chain"]!).Split('~')[2];

    private async Task<WholeApp> StartAsync(int days = 0)
    {
        var app = await WholeApp.StartAsync(storage.ConnectionString, $"DrugResponse:Access:Tenant={_tenant}");
        app.Clock.Advance(TimeSpan.FromDays(days));
        return app;
    }

    // All but the first row, and the note of it: as somebody would who knows how the trail is kept.
    private static async Task CutAsync(WholeApp app, string chain)
    {
        var table = app.Service<StorageConnection>().Tables.GetTableClient(AuditStore.TableName);
        Assert.True(AuditChainId.TryParse(chain, out var id));
        string[] keys = [.. await table.QueryAsync<TableEntity>($"PartitionKey eq '{chain}'", cancellationToken: Cancellation)
            .Select(static row => row.RowKey).Skip(1).ToArrayAsync(Cancellation)];
        foreach (var key in keys)
            await table.DeleteEntityAsync(chain, key, cancellationToken: Cancellation);
        var first = (await table.GetEntityAsync<TableEntity>(chain, $"{0:D12}", cancellationToken: Cancellation)).Value;
        await table.UpsertEntityAsync(
            new TableEntity("~heads~20261120", $"{id.Tenant}~{id.Writer}")
            {
                ["Count"] = 1L,
                ["Hash"] = Convert.ToHexStringLower(first.GetBinary("Hash")!),
            },
            TableUpdateMode.Replace,
            Cancellation);
    }
}
