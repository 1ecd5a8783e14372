using System.Net;
using System.Security.Cryptography;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>Batches under a new master key, met by an instance whose settings do not have it yet.</summary>
public sealed class KeyRolloutTests(QuietStorage storage) : IClassFixture<QuietStorage>, IAsyncLifetime
{
    private static readonly string TenantSetting = $"DrugResponse:Access:Tenant={AzuriteFixture.UniqueTenant()}";
    private static readonly string FirstKey = $"DrugResponse:Protection:Keys:1={KeyOf("first")}";
    private static readonly string SecondKey = $"DrugResponse:Protection:Keys:2={KeyOf("second")}";
    private static readonly string WebhookKey = $"DrugResponse:Batches:Webhooks:Key={KeyOf("webhook")}";

    private WholeApp _old = null!;
    private WholeApp _new = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _old = await WholeApp.StartReadyAsync(storage.ConnectionString, TenantSetting, FirstKey, WebhookKey);
        _new = await WholeApp.StartReadyAsync(storage.ConnectionString, TenantSetting, FirstKey, SecondKey, WebhookKey);
    }

    public async ValueTask DisposeAsync()
    {
        await _old.DisposeAsync();
        await _new.DisposeAsync();
    }

    [Fact]
    public async Task An_upload_waits_for_an_instance_that_has_the_key()
    {
        var id = await SubmitUploadAsync();
        var seenByOld = await HandDelivery.OfAsync(_old, id);
        var seenByNew = await HandDelivery.OfAsync(_new, id);

        await seenByOld.ControlAsync();
        await seenByOld.ControlAsync();
        var waiting = await seenByNew.ReadAsync();
        await seenByNew.ControlAsync();
        var read = await seenByNew.ReadAsync();

        Assert.Equal((BatchStates.Accepted, null, 0), (waiting.State, waiting.Problem, waiting.Readings));
        Assert.Equal(3, read.Input?.Rows);
    }

    [Fact]
    public async Task An_upload_whose_key_nobody_has_for_a_day_is_given_up()
    {
        var seenByOld = await HandDelivery.OfAsync(_old, await SubmitUploadAsync());
        _old.Clock.Advance(TimeSpan.FromHours(25));

        await seenByOld.ControlAsync();
        await seenByOld.ControlAsync();

        Assert.Equal(BatchStates.Failed, (await seenByOld.ReadAsync()).State);
    }

    [Fact]
    public async Task A_chunk_waits_for_an_instance_that_has_the_key()
    {
        var batch = await HandDelivery.SubmitAsync(_new, Cohort.NdJson(3));
        var message = Assert.Single(await _new.TakeChunkMessagesAsync(batch.BatchId));

        Assert.Equal(HttpStatusCode.OK, (await batch.DeliverAsync(message, to: _old)).Status);
        var waiting = await batch.ReadAsync();
        await batch.DeliverAllAsync();
        await batch.ControlAsync();

        Assert.Null(waiting.Problem);
        Assert.Equal(new BatchRowCounts(3, 3, 0), (await _new.StatusAsync(batch.BatchId)).Rows);
    }

    [Fact]
    public async Task A_chunk_whose_key_nobody_has_for_a_day_is_given_up()
    {
        var batch = await HandDelivery.SubmitAsync(_new, Cohort.NdJson(3));
        var message = Assert.Single(await _new.TakeChunkMessagesAsync(batch.BatchId));
        _old.Clock.Advance(TimeSpan.FromHours(25));

        await batch.DeliverAsync(message, to: _old);

        Assert.NotNull((await batch.ReadAsync()).Problem);
    }

    [Theory]
    [InlineData("?webhook=http://127.0.0.1:9/", 2)]
    [InlineData("", null)]
    public async Task A_webhook_is_left_to_an_instance_that_has_the_key(string query, int? attempts)
    {
        var batch = await HandDelivery.SubmitAsync(_new, Cohort.NdJson(1), query);
        await batch.DeliverAllAsync();

        await batch.ControlAsync(to: _old);
        var ended = await batch.ReadAsync();
        await batch.ControlAsync();
        var called = await batch.ReadAsync();

        Assert.Equal((BatchStates.Completed, new BatchWebhookProgress("pending", 1)), (ended.State, ended.Webhook));
        Assert.Equal(attempts, called.Webhook?.Attempts);
    }

    private static string KeyOf(string name) => Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)));

    private async Task<string> SubmitUploadAsync()
    {
        var upload = BatchId.Create(_new.Clock.GetUtcNow());
        await _new.Service<StorageSetup>().Done;
        var container = _new.Service<StorageConnection>().Blobs.GetBlobContainerClient(BatchUploadStore.ContainerName);
        await container.GetBlobClient($"{_new.Tenant}/{upload}/upload").UploadAsync(new BinaryData(Cohort.NdJson(3)), Cancellation);
        return (await _new.SubmitAsync([], "text/plain", $"?upload={upload}&input=ndjson")).Status().BatchId;
    }
}
