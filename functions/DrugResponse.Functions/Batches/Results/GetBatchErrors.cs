using DrugResponse.Functions.Access;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Results;

/// <summary><c>GET v1/batches/{batchId}/errors</c>: what is wrong with rows that could not be scored.</summary>
internal static class GetBatchErrors
{
    public static Task<IResult> HandleAsync(
        string batchId, HttpRequest request, BatchStore batches, BatchLineReader reader, Caller caller, CancellationToken cancellationToken) =>
        BatchLines.GetAsync(batchId, BatchResultKind.Error, request, batches, reader, caller, cancellationToken);
}
