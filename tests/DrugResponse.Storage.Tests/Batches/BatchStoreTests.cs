using Azure;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Batches;

public sealed class BatchStoreTests(AzuriteFixture azurite)
{
    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_is_read_as_it_was_kept()
    {
        var store = await CreateStoreAsync();
        var batch = Sample.Batch(_tenant) with
        {
            Request = new BatchRequest
            {
                Name = "trial 7", Candidates = ["warfarin", "codeine"], ResultsFormat = BatchFormats.Csv, Webhook = new Uri("https://a.example/b"),
            },
            State = BatchStates.CompletedWithErrors,
            Input = new BatchInput("blob", 1_000_000, 1000, 5_000_000_000, 77),
            IsInputRemoved = true,
            Upload = new BatchUploadSource(BatchId.Create(Sample.Noon), new ETag("\"0x8\""), BatchFormats.Csv),
            DispatchedChunks = 12,
            DispatchedAt = Sample.Noon,
            Redispatches = 2,
            CancelRequestedAt = Sample.Noon.AddMinutes(1),
            FinishedAt = Sample.Noon.AddMinutes(2),
            FinalCounts = new BatchCounts(9, 3),
            Problem = new Problem { Type = ProblemTypes.BadRequest, Title = "No.", Status = 400 },
            NextControlToken = "token-2",
            Webhook = new BatchWebhookProgress(BatchWebhookProgress.Pending, 4),
        };

        var kept = await store.AddAsync(batch, Cancellation);
        var read = await store.GetAsync(_tenant, batch.Id, Cancellation);

        Assert.Equal(batch.Request.Candidates, read!.Request.Candidates);
        var sameCandidates = read with { Request = read.Request with { Candidates = batch.Request.Candidates } };
        Assert.Equal(batch with { ETag = read.ETag }, sameCandidates);
        Assert.Equal(kept.ETag, read.ETag);
    }

    [Fact]
    public async Task What_is_absent_stays_absent()
    {
        var store = await CreateStoreAsync();
        var batch = Sample.Batch(_tenant);

        await store.AddAsync(batch, Cancellation);

        var read = (await store.GetAsync(_tenant, batch.Id, Cancellation))!;
        Assert.Equal(batch with { ETag = read.ETag, Request = read.Request }, read);
        Assert.Equal((false, false), (read.IsFinal, read.IsStopped));
    }

    [Fact]
    public async Task The_first_batch_of_an_id_stays()
    {
        var store = await CreateStoreAsync();
        var batch = Sample.Batch(_tenant);
        await store.AddAsync(batch, Cancellation);

        var second = await store.AddAsync(batch with { ControlToken = "other" }, Cancellation);

        Assert.Equal(batch.ControlToken, second.ControlToken);
    }

    [Fact]
    public async Task Batches_of_another_tenant_are_not_found()
    {
        var store = await CreateStoreAsync();
        var batch = await store.AddAsync(Sample.Batch(_tenant), Cancellation);
        var stranger = AzuriteFixture.UniqueTenant();

        Assert.Null(await store.GetAsync(stranger, batch.Id, Cancellation));
        Assert.Null(await store.ChangeAsync(stranger, batch.Id, static batch => batch with { State = BatchStates.Failed }, Cancellation));
        Assert.Empty((await store.ListAsync(stranger, 10, cancellationToken: Cancellation)).Batches);
    }

    [Fact]
    public async Task A_list_has_the_newest_first_page_by_page()
    {
        var store = await CreateStoreAsync();
        foreach (var minute in new[] { 2, 0, 4, 1, 3 })
            await store.AddAsync(Sample.Batch(_tenant, Sample.Noon.AddMinutes(minute)), Cancellation);

        var first = await store.ListAsync(_tenant, 3, cancellationToken: Cancellation);
        var second = await store.ListAsync(_tenant, 3, first.Batches[^1].Id, Cancellation);
        var all = await store.ListAsync(_tenant, 5, cancellationToken: Cancellation);

        Assert.Equal([4, 3, 2], Minutes(first.Batches));
        Assert.True(first.HasMore);
        Assert.Equal([1, 0], Minutes(second.Batches));
        Assert.Equal((false, false), (second.HasMore, all.HasMore));

        static IEnumerable<int> Minutes(IEnumerable<BatchRecord> batches) => batches.Select(static batch => batch.CreatedAt.Minute);
    }

    [Fact]
    public async Task Changes_made_at_once_are_all_made()
    {
        var store = await CreateStoreAsync();
        var batch = await store.AddAsync(Sample.Batch(_tenant), Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.ChangeAsync(
            _tenant, batch.Id, static batch => batch with { Redispatches = batch.Redispatches + 1 }, Cancellation)));

        Assert.Equal(8, (await store.GetAsync(_tenant, batch.Id, Cancellation))!.Redispatches);
    }

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_made_once()
    {
        await azurite.ConnectAsync();
        var batch = await (await CreateStoreAsync()).AddAsync(Sample.Batch(_tenant), Cancellation);
        var store = new BatchStore(LostAnswers.Connect(azurite.ConnectionString, HttpMethod.Put), Sample.Seal);

        var changed = await store.ChangeAsync(
            _tenant,
            batch.Id,
            static batch => batch.ControlToken == "token-2" ? batch : batch with { ControlToken = "token-2", Redispatches = batch.Redispatches + 1 },
            Cancellation);

        Assert.Equal(("token-2", 1), (changed!.ControlToken, changed.Redispatches));
    }

    [Fact]
    public async Task No_change_writes_nothing()
    {
        var store = await CreateStoreAsync();
        var batch = await store.AddAsync(Sample.Batch(_tenant), Cancellation);

        var same = await store.ChangeAsync(_tenant, batch.Id, static batch => batch, Cancellation);

        Assert.Equal(batch.ETag, same!.ETag);
    }

    [Fact]
    public async Task A_batch_is_listed_as_unsettled_until_it_is_settled()
    {
        var store = await CreateStoreAsync();
        var (settled, open) = (Sample.Batch(_tenant), Sample.Batch(_tenant));
        await store.AddAsync(settled, Cancellation);
        await store.AddAsync(open, Cancellation);

        await store.SettleAsync(_tenant, settled.Id, Cancellation);

        Assert.Equal([open.Id], await UnsettledAsync(store));
        Assert.Equal(2, (await store.ListAsync(_tenant, 10, cancellationToken: Cancellation)).Batches.Count);
        Assert.Equal(2, await AllAsync(store));
    }

    [Fact]
    public async Task A_removed_batch_is_gone_from_both_places()
    {
        var store = await CreateStoreAsync();
        var batch = await store.AddAsync(Sample.Batch(_tenant), Cancellation);

        await store.DeleteAsync(_tenant, batch.Id, Cancellation);

        Assert.Null(await store.GetAsync(_tenant, batch.Id, Cancellation));
        Assert.Empty(await UnsettledAsync(store));
    }

    [Fact]
    public async Task What_the_caller_gave_does_not_lie_open()
    {
        var store = await CreateStoreAsync();
        var batch = Sample.Batch(_tenant);
        await store.AddAsync(batch with { Request = batch.Request with { Name = "MRN-0042 MRN-0042 MRN-0042" } }, Cancellation);
        var table = (await azurite.ConnectAsync()).Tables.GetTableClient(BatchStore.TableName);

        var row = (await table.GetEntityAsync<TableEntity>(_tenant.ToString(), batch.Id.ToString(), cancellationToken: Cancellation)).Value;

        Assert.All(row.Values.OfType<string>(), static value => Assert.DoesNotContain("MRN", value, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<BatchId>> UnsettledAsync(BatchStore store)
    {
        var ids = new List<BatchId>();
        await foreach (var (tenant, id) in store.ListUnsettledAsync(Cancellation))
        {
            if (tenant == _tenant)
                ids.Add(id);
        }

        return ids;
    }

    private async Task<int> AllAsync(BatchStore store)
    {
        var count = 0;
        await foreach (var batch in store.ListAllAsync(Cancellation))
            count += batch.Tenant == _tenant ? 1 : 0;
        return count;
    }

    private async Task<BatchStore> CreateStoreAsync() => new((await azurite.ConnectAsync()).Tables, Sample.Seal);
}
