using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Patients;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Queues;

namespace DrugResponse.Functions.Tests.Predictions;

/// <summary>Requests that are kept, encrypted, and scored from the queue.</summary>
public sealed class AsyncPredictionsTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private readonly WholeApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_need_not_be_answered_at_once_is_scored_under_the_id_that_was_given()
    {
        var body = Body.Warfarin();
        var reference = (await _app.PredictAsync(Body.Warfarin())).Prediction;

        var taken = await AskAsync(body);
        var id = (string)taken.Json["predictionId"]!;
        var before = await _app.GetAsync($"v1/predictions/{id}");
        var delivery = await _app.DeliverAsync(MessageOf(id), "message-1");

        Assert.Equal(HttpStatusCode.Accepted, taken.Status);
        Assert.Equal($"/api/v1/predictions/{id}", taken.Headers.Location?.ToString());
        before.AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        Assert.Equal(HttpStatusCode.OK, delivery.Status);
        Assert.Equal(reference.Drugs[0].Answers(), (await _app.GetAsync($"v1/predictions/{id}")).Prediction.Drugs[0].Answers());
        Assert.False(await BlobOf(id).ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task A_kept_request_does_not_lie_in_clear()
    {
        var body = Body.Warfarin();

        var id = (string)(await AskAsync(body)).Json["predictionId"]!;

        var stored = (await BlobOf(id).DownloadContentAsync(Cancellation)).Value.Content.ToArray();
        Assert.DoesNotContain(body.PatientId, Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        Assert.DoesNotContain("warfarin", Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        var messages = await _app.Service<StorageConnection>().Queues.GetQueueClient(PredictionRequests.QueueName)
            .PeekMessagesAsync(32, Cancellation);
        Assert.DoesNotContain(messages.Value, message => message.Body.ToString().Contains(body.PatientId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_sent_again_with_its_key_is_the_same_prediction()
    {
        var body = Body.Warfarin();

        var first = await AskAsync(body, "async-1");
        var second = await AskAsync(body, "async-1");
        var id = (string)first.Json["predictionId"]!;
        await _app.DeliverAsync(MessageOf(id), "message-2");
        await _app.DeliverAsync(MessageOf(id), "message-3");

        Assert.Equal(id, (string?)second.Json["predictionId"]);
        Assert.Equal(id, Assert.Single(await _app.PredictionsOfAsync(body.PatientId)));
        Assert.Equal(id, (await _app.PredictAsync(body, "async-1")).Prediction.PredictionId);
    }

    [Fact]
    public async Task A_request_of_a_patient_who_is_erased_meanwhile_is_never_scored()
    {
        var body = Body.Warfarin();
        var taken = await AskAsync(body);
        var id = (string)taken.Json["predictionId"]!;

        await _app.EraseAsync((string)taken.Json["patientKey"]!);
        var delivery = await _app.DeliverAsync(MessageOf(id), "message-4");

        Assert.Equal(HttpStatusCode.OK, delivery.Status);
        Assert.False(await BlobOf(id).ExistsAsync(Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync($"v1/predictions/{id}")).Status);
    }

    [Fact]
    public async Task A_request_with_faults_is_refused_at_once()
    {
        var answer = await AskAsync(Body.Warfarin().With("/genotype/diplotypes/CYP2C99", "*1/*1"));

        answer.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);
    }

    private Task<Answer> AskAsync(Body body, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "v1/predictions") { Content = WholeApp.Json(body.Utf8) };
        request.Headers.Add("Prefer", "respond-async");
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return _app.SendAsync(request);
    }

    // As the app sends it.
    private byte[] MessageOf(string id) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["v"] = 1,
        ["tenant"] = _app.Tenant.ToString(),
        ["requestId"] = id,
        ["blob"] = $"{_app.Tenant}/{id}",
    }.ToJsonString());

    private BlobClient BlobOf(string id) =>
        _app.Service<StorageConnection>().Blobs.GetBlobContainerClient(QueuedRequestStore.ContainerName).GetBlobClient($"{_app.Tenant}/{id}");
}
