using DrugResponse.Storage.QueueFailures;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.QueueFailures;

public sealed class QueueFailureStoreTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly QueueFailedAttempt Attempt = new(
        "ScoreQueuedPatient",
        "prediction-requests",
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        Noon,
        DequeueCount: 1,
        "urn:problem:invalid-content",
        [new QueueFault("/genotype/diplotypes/CYP2C9", "is no diplotype"), new QueueFault(string.Empty, "unreadable")]);

    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_failure_is_kept_as_given()
    {
        var store = await CreateStoreAsync();

        await store.RecordAsync(_tenant, Attempt, Cancellation);

        var failure = await store.GetAsync(_tenant, Attempt.Function, Attempt.MessageId, Cancellation);
        Assert.NotNull(failure);
        Assert.Equal((Attempt.Function, Attempt.Queue, Attempt.MessageId), (failure.Function, failure.Queue, failure.MessageId));
        Assert.Equal((Noon, Noon, 1, 2), (failure.FirstFailedAt, failure.LastFailedAt, failure.Attempts, failure.FaultCount));
        Assert.Equal(Attempt.ProblemType, failure.ProblemType);
        Assert.Equal(Attempt.Faults, failure.Faults);
    }

    [Fact]
    public async Task A_later_failure_keeps_the_time_of_the_first()
    {
        var store = await CreateStoreAsync();
        await store.RecordAsync(_tenant, Attempt, Cancellation);

        await store.RecordAsync(
            _tenant, Attempt with { FailedAt = Noon.AddMinutes(5), DequeueCount = 3, Faults = [new QueueFault("/a", "b")] }, Cancellation);

        var failure = await store.GetAsync(_tenant, Attempt.Function, Attempt.MessageId, Cancellation);
        Assert.NotNull(failure);
        Assert.Equal((Noon, Noon.AddMinutes(5), 3, 1), (failure.FirstFailedAt, failure.LastFailedAt, failure.Attempts, failure.FaultCount));
        Assert.Equal([new QueueFault("/a", "b")], failure.Faults);
    }

    [Theory]
    [InlineData(1000, 10, QueueFailureStore.MaxFaults)]
    [InlineData(200, 600, 100)]
    [InlineData(1, 70_000, 0)]
    public async Task Of_many_or_long_faults_those_that_fit_are_kept_and_all_are_counted(int count, int length, int expected)
    {
        var store = await CreateStoreAsync();
        var faults = Enumerable.Range(0, count).Select(index => new QueueFault($"/{index}", new string('x', length))).ToArray();

        await store.RecordAsync(_tenant, Attempt with { Faults = faults }, Cancellation);

        var failure = await store.GetAsync(_tenant, Attempt.Function, Attempt.MessageId, Cancellation);
        Assert.NotNull(failure);
        Assert.Equal(faults.Take(expected), failure.Faults);
        Assert.Equal(count, failure.FaultCount);
    }

    [Fact]
    public async Task A_tenants_failures_are_listed_in_pages_and_no_others()
    {
        var store = await CreateStoreAsync();
        foreach (var id in new[] { "c", "a", "b" })
            await store.RecordAsync(_tenant, Attempt with { MessageId = id }, Cancellation);
        await store.RecordAsync(AzuriteFixture.UniqueTenant(), Attempt, Cancellation);

        var first = await store.ListAsync(_tenant, 2, cancellationToken: Cancellation);
        var second = await store.ListAsync(_tenant, 2, first.Continuation, Cancellation);

        Assert.Equal(["a", "b"], first.Failures.Select(failure => failure.MessageId));
        Assert.Equal(["c"], second.Failures.Select(failure => failure.MessageId));
        Assert.Null(second.Continuation);
    }

    [Fact]
    public async Task Another_tenants_failure_is_not_found()
    {
        var store = await CreateStoreAsync();
        await store.RecordAsync(_tenant, Attempt, Cancellation);

        Assert.Null(await store.GetAsync(AzuriteFixture.UniqueTenant(), Attempt.Function, Attempt.MessageId, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a~b")]
    [InlineData("a/b")]
    public async Task A_message_id_of_other_characters_is_refused(string id)
    {
        var store = await CreateStoreAsync();

        await Assert.ThrowsAsync<ArgumentException>(
            "messageId", () => store.RecordAsync(_tenant, Attempt with { MessageId = id }, Cancellation));
    }

    private async Task<QueueFailureStore> CreateStoreAsync() => new((await azurite.ConnectAsync()).Tables);
}
