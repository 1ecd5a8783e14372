using System.Net;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Problems;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Predictions;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Predictions;

public sealed class IdempotencyTests(SharedApp fixture, AzuriteFixture azurite) : IClassFixture<SharedApp>
{
    private static readonly TimeSpan InProgressFor = TimeSpan.FromSeconds(5);

    private readonly WholeApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer()
    {
        var body = Body.Warfarin();
        var first = await _app.PredictAsync(body, "order-1");
        _app.Clock.Advance(TimeSpan.FromDays(1));

        var second = await _app.PredictAsync(body, "order-1");

        Assert.Equal(HttpStatusCode.Created, second.Status);
        Assert.Equal(first.Bytes, second.Bytes);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal([first.Prediction.PredictionId], await _app.PredictionsOfAsync(body.PatientId));
    }

    [Fact]
    public async Task A_repeated_request_without_patient_id_gets_the_first_answer()
    {
        var body = Body.Warfarin().Without("/patient/id");

        var first = await _app.PredictAsync(body, "order-without-patient");
        var second = await _app.PredictAsync(body, "order-without-patient");

        Assert.Equal(first.Bytes, second.Bytes);
    }

    [Fact]
    public async Task The_same_content_written_otherwise_is_the_same_request()
    {
        var body = Body.Warfarin();

        var first = await _app.PredictAsync(body, "order-layout");
        var second = await _app.PredictAsync([0xEF, 0xBB, 0xBF, .. " "u8, .. body.Utf8, .. "\r\n"u8], "order-layout");

        Assert.Equal(first.Bytes, second.Bytes);
    }

    [Fact]
    public async Task A_key_that_comes_with_another_body_is_refused()
    {
        var body = Body.Warfarin();
        var first = await _app.PredictAsync(body, "order-2");

        var second = await _app.PredictAsync(body.With("/patient/weightKg", 72), "order-2");

        second.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.IdempotencyKeyReused);
        Assert.Equal([first.Prediction.PredictionId], await _app.PredictionsOfAsync(body.PatientId));
    }

    [Fact]
    public async Task A_key_of_another_tenant_is_another_key()
    {
        await using var otherTenant = await WholeApp.StartReadyAsync(azurite.ConnectionString);
        var ours = await _app.PredictAsync(Body.Warfarin(), "order-3");

        var theirs = await otherTenant.PredictAsync(Body.Warfarin(), "order-3");

        Assert.Equal(HttpStatusCode.Created, theirs.Status);
        Assert.NotEqual(ours.Prediction.PredictionId, theirs.Prediction.PredictionId);
    }

    [Fact]
    public async Task An_invalid_request_does_not_use_up_its_key()
    {
        var body = Body.Warfarin();
        var invalid = await _app.PredictAsync(body.With("/patient/weightKg", -1), "order-4");
        invalid.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);

        var corrected = await _app.PredictAsync(body, "order-4");

        Assert.Equal(HttpStatusCode.Created, corrected.Status);
    }

    [Fact]
    public async Task A_request_that_is_still_in_work_is_to_be_sent_again_later()
    {
        var body = Body.Warfarin();
        var claimed = await ClaimAsync(body, "order-5");
        _app.Clock.Advance(InProgressFor / 2);

        var answer = await _app.PredictAsync(body, "order-5");

        answer.AssertProblem(HttpStatusCode.Conflict, ProblemTypes.InProgress);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        (await _app.GetAsync($"v1/predictions/{claimed}")).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
    }

    [Fact]
    public async Task Work_that_was_given_up_is_taken_over_under_its_id()
    {
        var body = Body.Warfarin();
        var claimed = await ClaimAsync(body, "order-6");
        _app.Clock.Advance(InProgressFor);

        var answer = await _app.PredictAsync(body, "order-6");

        Assert.Equal(claimed.ToString(), answer.Prediction.PredictionId);
        Assert.Equal(claimed.PatientKey.ToString(), answer.Prediction.PatientKey);
        Assert.Equal(claimed.CreatedAt, answer.Prediction.CreatedAt);
        Assert.Equal(answer.Bytes, (await _app.GetAsync($"v1/predictions/{claimed}")).Bytes);
        Assert.Equal(answer.Bytes, (await _app.PredictAsync(body, "order-6")).Bytes);
    }

    [Fact]
    public async Task Parallel_takeovers_end_with_one_answer()
    {
        var body = Body.Warfarin();
        await ClaimAsync(body, "order-7");
        _app.Clock.Advance(InProgressFor);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _app.PredictAsync(body, "order-7")));

        Assert.All(answers, answer => Assert.Equal(answers[0].Text, answer.Text));
        Assert.Single(await _app.PredictionsOfAsync(body.PatientId));
    }

    [Fact]
    public async Task Parallel_requests_with_one_key_write_one_row()
    {
        var body = Body.Warfarin();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _app.PredictAsync(body, "order-8")));

        var created = answers.Where(static answer => answer.Status == HttpStatusCode.Created).ToArray();
        Assert.NotEmpty(created);
        Assert.All(created, answer => Assert.Equal(created[0].Text, answer.Text));
        Assert.All(answers.Except(created), static answer => answer.AssertProblem(HttpStatusCode.Conflict, ProblemTypes.InProgress));
        Assert.Equal([created[0].Prediction.PredictionId], await _app.PredictionsOfAsync(body.PatientId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public async Task A_header_that_is_no_key_is_refused(int length)
    {
        var answer = await _app.PredictAsync(Body.Warfarin(), new string('k', length));

        answer.AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest);
    }

    [Fact]
    public async Task Two_keys_are_refused()
    {
        var answer = await RawHttp.PostAsync(_app.Address, "/api/v1/predictions", Body.Warfarin().Utf8, "Idempotency-Key: a", "Idempotency-Key: b");

        answer.AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest);
    }

    /// <summary>Leaves behind what a process leaves that dies between claiming the key and storing the answer.</summary>
    private async Task<PredictionId> ClaimAsync(Body body, string key)
    {
        var faults = new FaultList();
        using var json = System.Text.Json.JsonDocument.Parse(body.Utf8);
        PredictionRequest request = PredictionRequestReader.Read(json.RootElement, faults)!;
        var now = _app.Clock.GetUtcNow();
        var patientKey = await _app.Service<PatientStore>().EnterAsync(_app.Tenant, body.PatientId, Cancellation);
        var id = PredictionId.Create(patientKey, now);
        var identity = RequestIdentity.OfHeader(key);
        var claim = await _app.Service<IdempotencyStore>().ClaimAsync(
            _app.Tenant, identity.Scope, identity.Key, _app.Service<RequestHasher>().Hash(_app.Tenant, request), id.ToString(), now, Cancellation);
        Assert.True(claim.IsOwn);
        return id;
    }
}
