using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Status;

/// <summary><c>GET v1/batches/{batchId}</c>: how far a batch is.</summary>
internal static class GetBatch
{
    public static async Task<IResult> HandleAsync(
        string batchId, BatchStore batches, BatchStatusReader statuses, Caller caller, CancellationToken cancellationToken)
    {
        if (!BatchId.TryParse(batchId, out var id) || await batches.GetAsync(caller.Tenant, id, cancellationToken) is not { } batch)
            return ProblemResponses.NotFound();

        var status = await statuses.ReadAsync(batch, cancellationToken);
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(status, ContractsJsonContext.Wire.BatchStatus), StatusCodes.Status200OK);
    }
}
