using System.Runtime.CompilerServices;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Results;

/// <summary>
/// Reads what came of a batch's rows in the order of the input. Of a batch that is still running it reads up to the first row that is not
/// done; of one that has ended, everything there is. Thread-safe.
/// </summary>
internal sealed class BatchLineReader(BatchChunkStore chunks, BatchResultStore results)
{
    /// <summary>Finds out what can be read now.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="afterLine">Rows up to this line of the input are left out.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<BatchLineRange> FindRangeAsync(BatchRecord batch, long afterLine, CancellationToken cancellationToken)
    {
        var parts = new List<BatchPartResult>();
        var (nextRow, lastLine) = (0L, afterLine);
        await foreach (var part in chunks.ListAsync(batch.Tenant, batch.Id, cancellationToken: cancellationToken))
        {
            if (!batch.IsFinal && part.FirstRow != nextRow)
                break;
            nextRow = part.FirstRow + part.Part.Rows;
            if (part.LastLine <= afterLine)
                continue;
            parts.Add(part);
            lastLine = part.LastLine;
        }

        return new BatchLineRange(parts, afterLine, batch.IsFinal ? null : lastLine);
    }

    /// <summary>Reads the rows of one kind.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="range">What <see cref="FindRangeAsync"/> found.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<BatchResultRow> ReadAsync(
        BatchRecord batch, BatchLineRange range, BatchResultKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The counts of a part leave out none: a delivery that finished late may have put a result in the place of an error.
        foreach (var part in range.Parts)
        {
            await foreach (var row in results.ReadAsync(batch.Tenant, batch.Id, part, kind, range.AfterLine, cancellationToken))
                yield return row;
        }
    }
}

/// <summary>What can be read of a batch.</summary>
/// <param name="Parts">The parts, in the order of the input.</param>
/// <param name="AfterLine">Rows up to this line are left out.</param>
/// <param name="Next">The line after which to go on reading later; null when there is nothing more to come.</param>
internal sealed record BatchLineRange(IReadOnlyList<BatchPartResult> Parts, long AfterLine, long? Next);
