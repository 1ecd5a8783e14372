using DrugResponse.Functions.Access;
using DrugResponse.Functions.Batches.Status;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Summary;

/// <summary><c>GET v1/batches/{batchId}/summary</c>: what the batch says about its cohort.</summary>
internal static class GetBatchSummary
{
    public static async Task<IResult> HandleAsync(
        string batchId,
        BatchStore batches,
        BatchStatusReader statuses,
        SummaryKeeper summaries,
        Caller caller,
        CancellationToken cancellationToken)
    {
        if (!BatchId.TryParse(batchId, out var id) || await batches.GetAsync(caller.Tenant, id, cancellationToken) is not { } batch)
            return ProblemResponses.NotFound();

        var status = await statuses.ReadAsync(batch, cancellationToken);
        return await summaries.ReadAsync(batch, status.Rows, cancellationToken) is { } summary
            ? new JsonAnswer(summary, StatusCodes.Status200OK)
            : ProblemResponses.SummaryLost();
    }
}
