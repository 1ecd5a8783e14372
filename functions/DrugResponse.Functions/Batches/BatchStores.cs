using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches;

/// <summary>The stores that a batch is kept in.</summary>
internal sealed record BatchStores(
    BatchStore Batches, BatchInputStore Inputs, BatchChunkStore Chunks, BatchResultStore Results, BatchQueues Queues)
{
    /// <summary>Whether an exception says that an input is gone or damaged, which nothing mends.</summary>
    public static bool IsInputLost(Exception exception) => exception is FileNotFoundException or InvalidDataException;

    /// <summary>Notes that the input of a batch is lost. Whoever looks after the batch ends it for this reason.</summary>
    public Task NoteInputLostAsync(BatchRecord batch, CancellationToken cancellationToken) => Batches.ChangeAsync(
        batch.Tenant,
        batch.Id,
        static current => current.Problem is not null ? current : current with { Problem = ProblemResponses.InputLost().Problem },
        cancellationToken);
}
