namespace DrugResponse.Storage.Batches;

/// <summary>The stored input of a batch: where it is and how it is cut into chunks.</summary>
/// <param name="Blob">Name of the blob.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Chunks">How many chunks it has.</param>
/// <param name="IndexOffset">Where in the blob the list of chunks begins.</param>
/// <param name="IndexLength">Length of that list.</param>
public sealed record BatchInput(string Blob, long Rows, int Chunks, long IndexOffset, int IndexLength);

/// <summary>A queue-sized part of an input.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="FirstRow">Number of its first row in the batch, from 0.</param>
/// <param name="Rows">How many rows it has, at least 1.</param>
/// <param name="Offset">Where in the blob its content begins.</param>
/// <param name="Length">Length of its content.</param>
public sealed record BatchChunk(int Number, long FirstRow, int Rows, long Offset, int Length);
