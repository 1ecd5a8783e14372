using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches;

/// <summary>The stores that a batch is kept in.</summary>
internal sealed record BatchStores(
    BatchStore Batches, BatchInputStore Inputs, BatchChunkStore Chunks, BatchResultStore Results, BatchQueues Queues);
