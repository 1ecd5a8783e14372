using System.Net;
using System.Text;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.QueueFailures;

namespace DrugResponse.Functions.Tests.Predictions;

/// <summary>What one delivery of a queue message does, posted as the Functions host posts it.</summary>
public sealed class QueueDeliveryTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private const string FunctionName = "ScoreQueuedPatient";

    private static readonly Dictionary<string, (string Message, string ProblemType, string Pointer)> UnusableMessages = new()
    {
        ["no-json"] = ("{ \"patient\": ", ProblemTypes.MalformedJson, ""),
        ["empty"] = ("", ProblemTypes.MalformedJson, ""),
        ["no-object"] = ("[]", ProblemTypes.InvalidContent, ""),
        ["unknown-gene"] = (
            Body.Warfarin().With("/genotype/diplotypes/CYP2C99", "*1/*1").ToString(), ProblemTypes.InvalidContent, "/genotype/diplotypes/*"),
        ["misspelt"] = (Body.Warfarin().With("/patient/wieghtKg", 70).ToString(), ProblemTypes.InvalidContent, "/patient/*"),
    };

    private readonly WholeApp _app = fixture.App;

    public static TheoryData<string> Unusable { get; } = [.. UnusableMessages.Keys];

    [Fact]
    public async Task A_bare_body_is_scored_and_stored_as_over_http()
    {
        var body = Body.Warfarin();
        var reference = (await _app.PredictAsync(Body.Warfarin())).Prediction;

        var delivery = await _app.DeliverAsync(body.Utf8, NewMessageId());

        Assert.Equal(HttpStatusCode.OK, delivery.Status);
        var stored = await _app.GetAsync($"v1/predictions/{Assert.Single(await _app.PredictionsOfAsync(body.PatientId))}");
        Assert.Equal(reference.Drugs[0].Answers(), stored.Prediction.Drugs[0].Answers());
    }

    [Fact]
    public async Task A_message_that_is_delivered_several_times_is_written_once()
    {
        var body = Body.Warfarin();
        var messageId = NewMessageId();

        for (var delivery = 1; delivery <= 3; delivery++)
            Assert.Equal(HttpStatusCode.OK, (await _app.DeliverAsync(body.Utf8, messageId, delivery)).Status);
        await Task.WhenAll(Enumerable.Range(4, 4).Select(delivery => _app.DeliverAsync(body.Utf8, messageId, delivery)));

        Assert.Single(await _app.PredictionsOfAsync(body.PatientId));
    }

    [Fact]
    public async Task Deliveries_that_overlap_write_one_row()
    {
        var body = Body.Warfarin();
        var messageId = NewMessageId();

        var deliveries = await Task.WhenAll(Enumerable.Range(1, 8).Select(delivery => _app.DeliverAsync(body.Utf8, messageId, delivery)));

        Assert.All(deliveries, static delivery => Assert.Equal(HttpStatusCode.OK, delivery.Status));
        Assert.Single(await _app.PredictionsOfAsync(body.PatientId));
    }

    [Fact]
    public async Task Two_messages_with_one_request_id_are_written_once()
    {
        var body = Body.Warfarin().With("/requestId", "order-queued-1");

        await _app.DeliverAsync(body.Utf8, NewMessageId());
        await _app.DeliverAsync(body.Utf8, NewMessageId());

        Assert.Single(await _app.PredictionsOfAsync(body.PatientId));
    }

    [Fact]
    public async Task Two_messages_without_request_id_are_two_requests()
    {
        var body = Body.Warfarin();

        await _app.DeliverAsync(body.Utf8, NewMessageId());
        await _app.DeliverAsync(body.Utf8, NewMessageId());

        Assert.Equal(2, (await _app.PredictionsOfAsync(body.PatientId)).Count);
    }

    [Fact]
    public async Task A_request_id_does_not_meet_an_idempotency_key_of_the_same_text()
    {
        var body = Body.Warfarin().With("/requestId", "order-both");
        var http = (await _app.PredictAsync(Body.Warfarin(), "order-both")).Prediction;

        await _app.DeliverAsync(body.Utf8, NewMessageId());

        Assert.DoesNotContain(http.PredictionId, await _app.PredictionsOfAsync(body.PatientId));
        Assert.Single(await _app.PredictionsOfAsync(body.PatientId));
    }

    [Fact]
    public async Task A_request_id_that_comes_with_another_body_fails()
    {
        var body = Body.Warfarin().With("/requestId", "order-queued-2");
        var messageId = NewMessageId();
        await _app.DeliverAsync(body.Utf8, NewMessageId());

        var second = await _app.DeliverAsync(body.With("/patient/weightKg", 99).Utf8, messageId);

        Assert.Equal(HttpStatusCode.InternalServerError, second.Status);
        Assert.Equal(ProblemTypes.IdempotencyKeyReused, (await FailureOfAsync(messageId))?.ProblemType);
        Assert.Single(await _app.PredictionsOfAsync(body.PatientId));
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task A_message_that_cannot_be_used_fails_and_is_recorded(string name)
    {
        var (message, problemType, pointer) = UnusableMessages[name];
        var messageId = $"{name}-{NewMessageId()}";
        var before = _app.Clock.GetUtcNow();

        var delivery = await _app.DeliverAsync(Encoding.UTF8.GetBytes(message), messageId, dequeueCount: 3);

        Assert.Equal(HttpStatusCode.InternalServerError, delivery.Status);
        Assert.StartsWith(problemType, (string?)delivery.Json["Logs"]![0], StringComparison.Ordinal);
        var failure = await FailureOfAsync(messageId);
        Assert.NotNull(failure);
        Assert.Equal((FunctionName, "prediction-requests", messageId, 3), (failure.Function, failure.Queue, failure.MessageId, failure.Attempts));
        Assert.InRange(failure.LastFailedAt, before, _app.Clock.GetUtcNow());
        Assert.Equal(problemType, failure.ProblemType);
        Assert.Equal(pointer, Assert.Single(failure.Faults).Path);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_fail_and_are_recorded()
    {
        var messageId = NewMessageId();

        var delivery = await _app.DeliverAsync([0x7B, 0xFF, 0xFE, 0x7D], messageId);

        Assert.Equal(HttpStatusCode.InternalServerError, delivery.Status);
        Assert.Equal(ProblemTypes.MalformedJson, (await FailureOfAsync(messageId))?.ProblemType);
    }

    [Fact]
    public async Task Every_attempt_is_recorded_on_one_row()
    {
        var messageId = NewMessageId();
        await _app.DeliverAsync("{"u8.ToArray(), messageId, dequeueCount: 1);
        var first = await FailureOfAsync(messageId);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));

        await _app.DeliverAsync("{"u8.ToArray(), messageId, dequeueCount: 2);

        var second = await FailureOfAsync(messageId);
        Assert.Equal((1, 2), (first!.Attempts, second!.Attempts));
        Assert.Equal(first.FirstFailedAt, second.FirstFailedAt);
        Assert.True(second.LastFailedAt > first.LastFailedAt);
    }

    [Fact]
    public async Task All_faults_of_a_message_are_recorded()
    {
        var messageId = NewMessageId();
        var body = Body.Warfarin().With("/patient/weightKg", -1).With("/patient/sex", "x").With("/genotype/diplotypes/CYP2C9", "*1/*9999");

        await _app.DeliverAsync(body.Utf8, messageId);

        var failure = await FailureOfAsync(messageId);
        Assert.Equal(
            ["/genotype/diplotypes/*", "/patient/sex", "/patient/weightKg"],
            failure!.Faults.Select(static fault => fault.Path).Order(StringComparer.Ordinal));
    }

    private static string NewMessageId() => Guid.NewGuid().ToString();

    private Task<QueueFailure?> FailureOfAsync(string messageId) =>
        _app.Service<QueueFailureStore>().GetAsync(_app.Tenant, FunctionName, messageId, TestContext.Current.CancellationToken);
}
