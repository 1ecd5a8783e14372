namespace DrugResponse.Storage.Batches;

/// <summary>Rows of a chunk that are scored together: all of them, or a part of a chunk that failed as a whole.</summary>
/// <param name="Chunk">Number of the chunk.</param>
/// <param name="From">The first row, counted in the chunk from 0.</param>
/// <param name="To">The row behind the last one.</param>
public readonly record struct BatchPart(int Chunk, int From, int To)
{
    /// <summary>How many rows.</summary>
    public int Rows => To - From;
}

/// <summary>A part whose rows all have a result or an error.</summary>
public sealed record BatchPartResult
{
    /// <summary>The part.</summary>
    public required BatchPart Part { get; init; }

    /// <summary>Number of its first row in the batch, from 0.</summary>
    public required long FirstRow { get; init; }

    /// <summary>How many rows have an error.</summary>
    public required int Failed { get; init; }

    /// <summary>Where in the input its last row stands.</summary>
    public required long LastLine { get; init; }

    /// <summary>How often its message had been delivered by then.</summary>
    public required long Attempts { get; init; }

    /// <summary>When it was done, in UTC.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>What its results say about the cohort, in a form that can be added up; empty when it was not asked for.</summary>
    public ReadOnlyMemory<byte> Tally { get; init; }
}

/// <summary>How far a batch is.</summary>
/// <param name="Counts">Rows done and failed.</param>
/// <param name="LastFinishedAt">When the last part was done; null when none is.</param>
public sealed record BatchProgress(BatchCounts Counts, DateTimeOffset? LastFinishedAt);
