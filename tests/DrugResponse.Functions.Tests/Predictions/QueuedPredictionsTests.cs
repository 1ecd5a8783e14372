using System.Text;
using Azure.Storage.Queues;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.QueueFailures;
using DrugResponse.Storage.Queues;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Predictions;

/// <summary>The way of a message from the queue to the patient's predictions, or to the poison queue, in a standalone process.</summary>
public sealed class QueuedPredictionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_are_scored_and_unusable_ones_end_in_the_poison_queue_without_blocking_them()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var app = await StartListeningAsync(emulator);
        var queue = app.Service<StorageConnection>().Queues.GetQueueClient(PredictionRequests.QueueName);
        var poison = app.Service<StorageConnection>().Queues.GetQueueClient($"{PredictionRequests.QueueName}-poison");
        var (before, after) = (Body.Warfarin(), Body.Warfarin());
        var twice = Body.Warfarin().With("/requestId", "order-7");
        var invalid = Body.Warfarin().With("/genotype/diplotypes/CYP2C9", "*1/*9999");
        await Eventually.TrueAsync(() => queue.ExistsAsync(Cancellation).ContinueWith(static found => found.Result.Value), "the queue was made");

        await SendAsync(queue, before.ToString());
        var unreadableId = await SendAsync(queue, "{ \"patient\": { \"id\": \"MRN-0042\"");
        var invalidId = await SendAsync(queue, invalid.ToString());
        await SendAsync(queue, twice.ToString());
        await SendAsync(queue, twice.ToString());
        await SendAsync(queue, after.ToString());
        await Eventually.TrueAsync(async () => await CountAsync(queue) == 0, "the queue is empty");

        foreach (var body in new[] { before, after, twice })
            Assert.Single(await app.PredictionsOfAsync(body.PatientId));
        Assert.Empty(await app.PredictionsOfAsync(invalid.PatientId));
        Assert.Equal(2, await CountAsync(poison));
        var poisoned = (await poison.ReceiveMessagesAsync(10, cancellationToken: Cancellation)).Value;
        Assert.Contains(invalid.ToString(), poisoned.Select(static message => message.Body.ToString()));
        await AssertRecordedAsync(app, unreadableId, ProblemTypes.MalformedJson);
        await AssertRecordedAsync(app, invalidId, ProblemTypes.InvalidContent);
        Assert.DoesNotContain(app.Logs.Lines, line => line.Contains("MRN-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Messages_that_were_sent_while_nothing_listened_are_scored_afterwards()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        var connection = new StorageConnection(new StorageOptions { ConnectionString = emulator.ConnectionString });
        await StorageSchema.EnsureCreatedAsync(connection, Cancellation);
        var bodies = Enumerable.Range(0, 20).Select(static _ => Body.Warfarin()).ToArray();
        foreach (var body in bodies)
            await SendAsync(connection.Queues.GetQueueClient(PredictionRequests.QueueName), body.ToString());

        await using var app = await StartListeningAsync(emulator);
        await Eventually.TrueAsync(
            async () => await CountAsync(connection.Queues.GetQueueClient(PredictionRequests.QueueName)) == 0, "the queue is empty");

        foreach (var body in bodies)
            Assert.Single(await app.PredictionsOfAsync(body.PatientId));
    }

    private static Task<WholeApp> StartListeningAsync(AzuriteEmulator emulator) => WholeApp.StartReadyAsync(
        emulator.ConnectionString,
        "DrugResponse:Triggers:Enabled=true",
        "AzureFunctionsJobHost:extensions:queues:visibilityTimeout=00:00:00",
        "AzureFunctionsJobHost:extensions:queues:maxPollingInterval=00:00:00.2");

    private static async Task<string> SendAsync(QueueClient queue, string message) =>
        (await queue.SendMessageAsync(BinaryData.FromBytes(Encoding.UTF8.GetBytes(message)), cancellationToken: Cancellation)).Value.MessageId;

    private static async Task<int> CountAsync(QueueClient queue) =>
        (await queue.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount;

    private static async Task AssertRecordedAsync(WholeApp app, string messageId, string problemType)
    {
        var failure = await app.Service<QueueFailureStore>().GetAsync(app.Tenant, "ScoreQueuedPatient", messageId, Cancellation);
        Assert.Equal((5, problemType), (failure!.Attempts, failure.ProblemType));
    }
}
