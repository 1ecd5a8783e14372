using System.Text;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Audit;

/// <summary>Whatever is done to an audit trail, verification says what and where.</summary>
public sealed class AuditVerifierTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trail_as_it_was_written_is_intact()
    {
        var trail = await Trail.CreateAsync(azurite);
        var first = await trail.WriteAsync(250);
        var second = await trail.WriteAsync(3, close: false, day: null, first.Head);
        await trail.AnchorAsync(first.Head, second.Head);

        var report = await trail.VerifyAsync();

        Assert.Empty(report.Faults);
        Assert.Equal((2, 1, 256, 1), (report.Chains, report.OpenChains, report.Rows, report.Anchors));
    }

    [Fact]
    public async Task Nothing_at_all_is_intact() => await (await Trail.CreateAsync(azurite)).AssertFaultsAsync();

    [Fact]
    public async Task The_first_and_the_last_days_of_all_can_be_asked_for()
    {
        var trail = await Trail.CreateAsync(azurite);

        Assert.True((await trail.VerifyAsync(DateOnly.MinValue, DateOnly.MinValue.AddDays(1))).IsIntact);
        Assert.True((await trail.VerifyAsync(DateOnly.MaxValue.AddDays(-1), DateOnly.MaxValue)).IsIntact);
    }

    [Fact]
    public async Task Days_in_the_wrong_order_are_refused_and_not_found_intact()
    {
        var trail = await Trail.CreateAsync(azurite);

        await Assert.ThrowsAsync<ArgumentException>("to", () => trail.VerifyAsync(Trail.Day, Trail.Day.AddDays(-1)));
    }

    [Theory]
    [InlineData("Content")]
    [InlineData("PatientKey")]
    [InlineData("Kind")]
    [InlineData("KeyVersion")]
    [InlineData("Previous")]
    public async Task A_row_of_which_anything_was_changed_is_named(string property)
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(5);
        var row = await trail.RowAsync(chain, 3);
        row[property] = property switch
        {
            "Content" => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(row.GetBinary("Content")!).Replace("201", "403", StringComparison.Ordinal)),
            "PatientKey" => "patient-4",
            "Previous" => new byte[32],
            _ => 7,
        };

        await trail.ReplaceAsync(row);

        await trail.AssertFaultsAsync((AuditFaultKinds.Altered, chain.Id.ToString(), 3, null));
    }

    [Fact]
    public async Task A_row_whose_hash_was_changed_is_named_and_so_is_the_one_that_follows_it()
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(5);
        var row = await trail.RowAsync(chain, 3);
        row["Hash"] = new byte[32];

        await trail.ReplaceAsync(row);

        await trail.AssertFaultsAsync(
            (AuditFaultKinds.Altered, chain.Id.ToString(), 3, null), (AuditFaultKinds.Altered, chain.Id.ToString(), 4, null));
    }

    [Fact]
    public async Task A_row_that_lost_its_parts_is_named()
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(2);

        await trail.ReplaceAsync(new TableEntity(chain.Id.ToString(), $"{1:D12}") { ["Hash"] = "none", ["KeyVersion"] = "one" });

        var report = await trail.VerifyAsync();
        Assert.Contains(report.Faults, fault => fault is { Kind: AuditFaultKinds.Altered, Row: 1 });
    }

    [Fact]
    public async Task Rows_that_were_removed_are_named()
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(9);
        foreach (var number in new[] { 0, 4, 5, 8 })
            await trail.RemoveAsync(chain, number);

        await trail.AssertFaultsAsync(
            (AuditFaultKinds.Removed, chain.Id.ToString(), 0, null),
            (AuditFaultKinds.Removed, chain.Id.ToString(), 4, 5),
            (AuditFaultKinds.Removed, chain.Id.ToString(), 8, null));
    }

    [Fact]
    public async Task Rows_that_were_moved_up_to_close_a_gap_are_named()
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(3, close: false);
        var last = await trail.RowAsync(chain, 3);
        await trail.RemoveAsync(chain, 3);
        last.RowKey = $"{2:D12}";

        await trail.ReplaceAsync(last);

        var report = await trail.VerifyAsync();
        Assert.Contains(report.Faults, fault => fault is { Kind: AuditFaultKinds.Altered, Row: 2 });
    }

    [Fact]
    public async Task A_row_that_was_put_in_is_named()
    {
        var trail = await Trail.CreateAsync(azurite);
        var (chain, other) = (await trail.WriteAsync(2), await trail.WriteAsync(2));
        var behind = await trail.RowAsync(other, 1);
        (behind.PartitionKey, behind.RowKey) = (chain.Id.ToString(), $"{4:D12}");
        var between = await trail.RowAsync(chain, 1);
        between.RowKey += "a";

        await trail.ReplaceAsync(behind);
        await trail.ReplaceAsync(between);

        await trail.AssertFaultsAsync(
            (AuditFaultKinds.Inserted, chain.Id.ToString(), null, null),
            (AuditFaultKinds.Inserted, chain.Id.ToString(), 4, null),
            (AuditFaultKinds.Altered, chain.Id.ToString(), 4, null));
    }

    [Fact]
    public async Task A_chain_of_another_tenant_that_was_put_here_is_named()
    {
        var (theirs, ours) = (await Trail.CreateAsync(azurite), await Trail.CreateAsync(azurite));
        var chain = await theirs.WriteAsync(0, close: false);
        var row = await theirs.RowAsync(chain, 0);
        row.PartitionKey = (chain.Id with { Tenant = ours.Tenant }).ToString();

        await ours.ReplaceAsync(row);

        await ours.AssertFaultsAsync((AuditFaultKinds.Altered, row.PartitionKey, 0, null));
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_named_by_the_note_of_its_writer()
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(5);
        await trail.RemoveAsync(chain, 5);
        await trail.RemoveAsync(chain, 6);

        await trail.AssertFaultsAsync((AuditFaultKinds.Removed, chain.Id.ToString(), 5, 6));
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_named_by_the_anchor_where_the_note_was_forged()
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(5);
        await trail.AnchorAsync(chain.Head);
        await trail.RemoveAsync(chain, 5);
        await trail.RemoveAsync(chain, 6);
        await trail.ForgeHeadAsync(chain, 5, (await trail.RowAsync(chain, 4)).GetBinary("Hash")!);

        await trail.AssertFaultsAsync((AuditFaultKinds.Removed, chain.Id.ToString(), 5, 6));
    }

    [Fact]
    public async Task A_whole_chain_that_is_gone_is_named_by_the_anchor()
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(1);
        await trail.AnchorAsync(chain.Head);
        for (var number = 0; number < 3; number++)
            await trail.RemoveAsync(chain, number);
        await trail.Table.DeleteEntityAsync("~heads~20261120", $"{trail.Tenant}~{chain.Id.Writer}", cancellationToken: Cancellation);

        await trail.AssertFaultsAsync((AuditFaultKinds.Removed, chain.Id.ToString(), 0, 2));
    }

    [Fact]
    public async Task A_chain_of_the_day_before_that_is_gone_or_cut_is_named_by_the_one_that_followed_it()
    {
        var trail = await Trail.CreateAsync(azurite);
        var (gone, kept) = (await trail.WriteAsync(1, day: Trail.Day.AddDays(-1)), await trail.WriteAsync(1, day: Trail.Day.AddDays(-1)));
        await trail.WriteAsync(1, close: true, day: null, gone.Head, kept.Head);
        await trail.AssertFaultsAsync();

        await trail.RemoveAsync(gone, 2);

        await trail.AssertFaultsAsync((AuditFaultKinds.Removed, gone.Id.ToString(), 2, null));
    }

    [Fact]
    public async Task An_anchor_that_was_changed_is_named()
    {
        var trail = await Trail.CreateAsync(azurite);
        var chain = await trail.WriteAsync(1);
        await trail.AnchorAsync(chain.Head);
        var container = trail.Connection.Blobs.GetBlobContainerClient(AuditAnchorStore.ContainerName);
        var name = "";
        await foreach (var blob in container.GetBlobsAsync(prefix: $"{trail.Tenant}/", cancellationToken: Cancellation))
            name = blob.Name;
        var content = (await container.GetBlobClient(name).DownloadContentAsync(Cancellation)).Value.Content.ToString();

        await container.GetBlobClient(name).UploadAsync(
            BinaryData.FromString(content.Replace("\"count\":3", "\"count\":2", StringComparison.Ordinal)), overwrite: true, Cancellation);

        await trail.AssertFaultsAsync((AuditFaultKinds.AnchorAltered, name, null, null));
    }

    [Fact]
    public async Task A_chain_older_than_an_hour_that_no_anchor_knows_is_named()
    {
        var trail = await Trail.CreateAsync(azurite);
        var (anchored, other) = (await trail.WriteAsync(1), await trail.WriteAsync(1));
        await trail.AnchorAsync(anchored.Head);
        trail.Now = Trail.Noon.AddHours(1);
        await trail.AssertFaultsAsync();

        trail.Now += TimeSpan.FromSeconds(1);

        await trail.AssertFaultsAsync((AuditFaultKinds.NotAnchored, other.Id.ToString(), null, null));
    }
}
