using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Status;

/// <summary>
/// <c>DELETE v1/batches/{batchId}</c>: asks for a batch to be cancelled. What is done stays done; a batch that has ended stays as it is.
/// </summary>
internal static class CancelBatch
{
    public static async Task<IResult> HandleAsync(
        string batchId, BatchStore batches, BatchStatusReader statuses, Caller caller, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!BatchId.TryParse(batchId, out var id))
            return ProblemResponses.NotFound();

        var batch = await batches.ChangeAsync(
            caller.Tenant,
            id,
            current => current.IsStopped ? current : current with { CancelRequestedAt = clock.GetUtcNow() },
            cancellationToken);
        if (batch is null)
            return ProblemResponses.NotFound();

        var status = await statuses.ReadAsync(batch, cancellationToken);
        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(status, ContractsJsonContext.Wire.BatchStatus),
            batch.IsFinal ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }
}
