using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Status;

/// <summary><c>GET v1/batches</c>: a page of the tenant's batches, newest first.</summary>
internal static class ListBatches
{
    /// <summary>Batches a page.</summary>
    public const int PageSize = 20;

    private const string After = "after";

    public static async Task<IResult> HandleAsync(
        HttpRequest request, BatchStore batches, BatchStatusReader statuses, Caller caller, CancellationToken cancellationToken)
    {
        if (request.Query.Keys.Any(static key => key != After))
            return ProblemResponses.BadRequest($"Known in the query: {After}.");

        BatchId? last = null;
        if (request.Query[After] is { Count: > 0 } after)
        {
            if (after.Count > 1 || !BatchId.TryParse(after[0], out var id))
                return ProblemResponses.BadRequest("after must be a token that an earlier page gave.");
            last = id;
        }

        var page = await batches.ListAsync(caller.Tenant, PageSize, last, cancellationToken);
        var list = new List<BatchStatus>(page.Batches.Count);
        foreach (var batch in page.Batches)
            list.Add(await statuses.ReadAsync(batch, cancellationToken));
        var answer = new BatchList(list, page.HasMore ? list[^1].BatchId : null);
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(answer, ContractsJsonContext.Wire.BatchList), StatusCodes.Status200OK);
    }
}
