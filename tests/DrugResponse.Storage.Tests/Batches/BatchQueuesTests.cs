using System.Text;
using Azure.Storage.Queues;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Development;

namespace DrugResponse.Storage.Tests.Batches;

public sealed class BatchQueuesTests
{
    private static readonly TenantName Tenant = TenantName.Parse("acme");

    private static readonly BatchChunkMessage Message = new()
    {
        Tenant = "acme",
        BatchId = BatchId.Create(Sample.Noon).ToString(),
        Blob = "blob",
        Chunk = new BatchChunk(3, 3000, 1000, 12_345_678_901, 77),
        From = 500,
        To = 1000,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_come_back_as_they_were_sent_and_never_expire()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        var connection = new StorageConnection(new StorageOptions { ConnectionString = emulator.ConnectionString });
        await StorageSchema.EnsureCreatedAsync(connection, Cancellation);
        var queues = new BatchQueues(connection.Queues);
        var batch = Sample.Batch(Tenant);

        await queues.SendAsync(Message, cancellationToken: Cancellation);
        await queues.SendControlAsync(batch, "token-2", cancellationToken: Cancellation);
        await queues.SendControlAsync(batch, "token-3", TimeSpan.FromMinutes(1), Cancellation);

        var chunk = await ReceiveAsync(connection, BatchQueues.ChunkQueueName);
        var control = await ReceiveAsync(connection, BatchQueues.ControlQueueName);
        Assert.True(BatchChunkMessage.TryParse(Assert.Single(chunk).Body.ToMemory().Span, out var read));
        Assert.Equal(Message, read);
        Assert.True(BatchControlMessage.TryParse(Assert.Single(control).Body.ToMemory().Span, out var readControl));
        Assert.Equal(("acme", batch.Id.ToString(), "token-2"), (readControl.Tenant, readControl.BatchId, readControl.Token));
        Assert.True(chunk[0].ExpiresOn > Sample.Noon.AddYears(100));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"v\":1,\"tenant\":\"acme\"}")]
    public void Other_bytes_are_no_messages(string body)
    {
        Assert.False(BatchChunkMessage.TryParse(Encoding.UTF8.GetBytes(body), out _));
        Assert.False(BatchControlMessage.TryParse(Encoding.UTF8.GetBytes(body), out _));
    }

    [Theory]
    [InlineData("acme", "Acme")]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"from\":500", "\"from\":1000")]
    [InlineData("\"from\":500", "\"from\":-1")]
    [InlineData("\"to\":1000", "\"to\":1001")]
    [InlineData("\"batchId\":\"", "\"batchId\":\"0")]
    public void A_message_that_makes_no_sense_is_none(string text, string replacement)
    {
        var body = Message.ToBinary().ToString();
        Assert.True(BatchChunkMessage.TryParse(Encoding.UTF8.GetBytes(body), out _));

        Assert.False(BatchChunkMessage.TryParse(Encoding.UTF8.GetBytes(body.Replace(text, replacement, StringComparison.Ordinal)), out _));
    }

    private static async Task<Azure.Storage.Queues.Models.QueueMessage[]> ReceiveAsync(StorageConnection connection, string queue) =>
        (await connection.Queues.GetQueueClient(queue).ReceiveMessagesAsync(32, cancellationToken: Cancellation)).Value;
}
