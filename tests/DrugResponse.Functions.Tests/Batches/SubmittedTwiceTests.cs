using System.Net;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Batches.Submission;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Tests.Batches;

public sealed class SubmittedTwiceTests(BatchApp fixture) : IClassFixture<BatchApp>
{
    private readonly WholeApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submission_that_is_sent_again_is_the_same_batch()
    {
        var first = (await _app.SubmitAsync(Cohort.NdJson(15), idempotencyKey: "cohort-1")).Status();
        await _app.EndAsync(first.BatchId);

        var second = await _app.SubmitAsync(Cohort.NdJson(15), idempotencyKey: "cohort-1");

        Assert.Equal(HttpStatusCode.Accepted, second.Status);
        Assert.Equal(first.BatchId, second.Status().BatchId);
        Assert.Equal(BatchStates.Completed, second.Status().State);
        Assert.Single(await InputsAsync(first.BatchId));
        Assert.Equal(15, (await _app.ResultsAsync(first.BatchId)).Count);
    }

    [Theory]
    [InlineData(16, "")]
    [InlineData(15, "?name=b")]
    [InlineData(15, "?candidates=codeine")]
    [InlineData(15, "?results=csv")]
    public async Task A_key_that_comes_with_another_submission_is_refused(int rows, string query)
    {
        var key = $"cohort-2-{rows}{query}";
        await _app.SubmitAsync(Cohort.NdJson(15), idempotencyKey: key);
        var before = (await AllInputsAsync()).Count;

        var answer = await _app.SubmitAsync(Cohort.NdJson(rows), query: query, idempotencyKey: key);

        answer.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.IdempotencyKeyReused);
        Assert.Equal(before, (await AllInputsAsync()).Count);
    }

    [Fact]
    public async Task Submissions_that_are_sent_at_once_are_one_batch()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _app.SubmitAsync(Cohort.NdJson(15), idempotencyKey: "cohort-3")));

        var id = Assert.Single(answers.Select(static answer => answer.Status().BatchId).Distinct());
        Assert.Equal(new BatchRowCounts(15, 15, 0), (await _app.EndAsync(id)).Rows);
        Assert.Single(await InputsAsync(id));
    }

    [Fact]
    public async Task What_a_process_left_that_died_after_the_claim_is_taken_over_under_its_id()
    {
        var claimed = BatchId.Create(_app.Clock.GetUtcNow());
        var request = new BatchRequest { ResultsFormat = BatchFormats.NdJson };
        var claims = _app.Service<SubmissionClaims>();
        using var hash = claims.BeginHash(_app.Tenant, new SubmissionOptions(request, BatchFormats.NdJson, Upload: null));
        hash.Append(System.Text.Encoding.UTF8.GetBytes(Cohort.NdJson(15)));
        var draft = new BatchRecord
        {
            Tenant = _app.Tenant, Id = claimed, Request = request, State = BatchStates.Accepted, ControlToken = "t", ControlDueAt = claimed.CreatedAt,
        };
        Assert.Equal(claimed, await claims.ClaimAsync(draft, "cohort-4", hash, Cancellation));

        var status = (await _app.SubmitAsync(Cohort.NdJson(15), idempotencyKey: "cohort-4")).Status();

        Assert.Equal(claimed.ToString(), status.BatchId);
        Assert.Equal(new BatchRowCounts(15, 15, 0), (await _app.EndAsync(status.BatchId)).Rows);
    }

    [Fact]
    public async Task A_refused_submission_does_not_use_up_its_key()
    {
        (await _app.SubmitAsync("", idempotencyKey: "cohort-5")).AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);

        Assert.Equal(HttpStatusCode.Accepted, (await _app.SubmitAsync(Cohort.NdJson(1), idempotencyKey: "cohort-5")).Status);
    }

    [Fact]
    public async Task Without_a_key_every_submission_is_a_batch()
    {
        var first = (await _app.SubmitAsync(Cohort.NdJson(1))).Status();
        var second = (await _app.SubmitAsync(Cohort.NdJson(1))).Status();

        Assert.NotEqual(first.BatchId, second.BatchId);
    }

    private async Task<IReadOnlyList<string>> InputsAsync(string batchId)
    {
        var batch = await _app.Service<BatchStore>().GetAsync(_app.Tenant, BatchId.Parse(batchId), Cancellation);
        return [.. (await AllInputsAsync()).Where(name => name == batch!.Input!.Blob)];
    }

    private async Task<IReadOnlyList<string>> AllInputsAsync()
    {
        var names = new List<string>();
        var container = _app.Service<StorageConnection>().Blobs.GetBlobContainerClient(BatchInputStore.ContainerName);
        await foreach (var blob in container.GetBlobsAsync(prefix: $"{_app.Tenant}/", cancellationToken: Cancellation))
        {
            if (blob.Name.EndsWith("input", StringComparison.Ordinal))
                names.Add(blob.Name);
        }

        return names;
    }
}
