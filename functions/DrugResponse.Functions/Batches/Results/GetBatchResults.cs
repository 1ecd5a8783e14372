using DrugResponse.Functions.Access;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Results;

/// <summary><c>GET v1/batches/{batchId}/results</c>: what was answered about the rows.</summary>
internal static class GetBatchResults
{
    public static Task<IResult> HandleAsync(
        string batchId, HttpRequest request, BatchStore batches, BatchLineReader reader, Caller caller, CancellationToken cancellationToken) =>
        BatchLines.GetAsync(batchId, BatchResultKind.Result, request, batches, reader, caller, cancellationToken);
}
