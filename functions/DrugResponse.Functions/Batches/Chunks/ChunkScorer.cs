using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Batches.Summary;
using DrugResponse.Functions.Predictions;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Chunks;

/// <summary>Scores the rows of a part of a chunk and stores what comes of them, a transaction's worth at a time. Thread-safe.</summary>
internal sealed class ChunkScorer(BatchStores stores, BatchRowScorer scorer, BatchLookup lookup, RowPatients patients, TimeProvider clock)
{
    private const int GroupSize = 100;

    /// <summary>Scores a part.</summary>
    /// <param name="batch">Its batch.</param>
    /// <param name="message">Which part.</param>
    /// <param name="models">The models in use.</param>
    /// <param name="attempts">How often the message was delivered.</param>
    /// <param name="cancellationToken">Ends the work; rows that are stored by then are stored again by the next attempt.</param>
    /// <returns>What came of the part, or null when the batch was stopped meanwhile.</returns>
    /// <exception cref="FileNotFoundException">The input is not there any more.</exception>
    /// <exception cref="InvalidDataException">The input is damaged.</exception>
    public async Task<(BatchPartResult Result, ModelsUsed Used)?> ScoreAsync(
        BatchRecord batch, BatchChunkMessage message, ModelSet models, long attempts, CancellationToken cancellationToken)
    {
        var stored = await stores.Inputs.ReadAsync(message.Blob, message.Chunk.Offset, message.Chunk.Length, cancellationToken);
        using var content = ChunkContent.Parse(stored);
        using var lines = new BatchLineWriter();
        var objections = await patients.ReadObjectionsAsync(batch.Tenant, cancellationToken);
        var (tally, used) = (new CohortTally(), new ModelsUsed());
        Task? writing = null;
        var (failed, lastLine) = (0, 0L);
        foreach (var group in content.Rows(message.From, message.To).Index().Chunk(GroupSize))
        {
            if (await lookup.FindAsync(batch.Tenant, batch.Id, cancellationToken) is not { IsStopped: false })
                return null;

            var rows = new List<BatchResultRow>(group.Length);
            foreach (var (index, row) in group)
            {
                var number = message.Chunk.FirstRow + message.From + index;
                var pseudonyms = patients.PseudonymsOf(batch.Tenant, row);
                var scored = pseudonyms.Any(objections.Contains)
                    ? ScoredRow.Objected()
                    : scorer.Score(batch, new BatchRowId(batch.Id, message.Chunk.Number, number), row, models);
                rows.Add(ToResult(number, row, scored, lines) with { Pseudonyms = pseudonyms });
                if (scored.Prediction is { } prediction)
                {
                    tally.Add(scored.Patient, prediction);
                    used.Add(prediction);
                }
                else
                {
                    failed++;
                }

                lastLine = row.Line;
            }

            // One group is stored while the next one is scored. Before the first one it is made sure that the batch has not ended while this
            // delivery stood still: its rows would take the place of those that were counted.
            if (writing is not null)
                await writing;
            else if (await lookup.ReadAsync(batch.Tenant, batch.Id, cancellationToken) is not { IsStopped: false })
                return null;
            writing = stores.Results.WriteAsync(batch.Tenant, batch.Id, message.Chunk.Number, rows, cancellationToken);
        }

        await (writing ?? Task.CompletedTask);
        var result = new BatchPartResult
        {
            Part = message.Part,
            FirstRow = message.Chunk.FirstRow + message.From,
            Failed = failed,
            LastLine = lastLine,
            Attempts = attempts,
            FinishedAt = clock.GetUtcNow(),
            Tally = tally.ToJson(),
        };
        return (result, used);
    }

    /// <summary>Stores an error for the one row of a part, unless something came of it before.</summary>
    /// <param name="batch">Its batch.</param>
    /// <param name="message">The part.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What came of the part.</returns>
    public async Task<BatchPartResult> RefuseAsync(BatchRecord batch, BatchChunkMessage message, CancellationToken cancellationToken)
    {
        var stored = await stores.Inputs.ReadAsync(message.Blob, message.Chunk.Offset, message.Chunk.Length, cancellationToken);
        using var content = ChunkContent.Parse(stored);
        using var lines = new BatchLineWriter();
        var row = content.Rows(message.From, message.To).Single();
        var faults = new FaultList();
        faults.Add("", BatchRowScorer.ServiceFault);
        var error = ToResult(message.Chunk.FirstRow + message.From, row, new ScoredRow(null, null, faults), lines) with
        {
            Pseudonyms = patients.PseudonymsOf(batch.Tenant, row),
        };
        var kind = await stores.Results.AddAsync(batch.Tenant, batch.Id, message.Chunk.Number, error, cancellationToken);
        return new BatchPartResult
        {
            Part = message.Part,
            FirstRow = message.Chunk.FirstRow + message.From,
            Failed = kind == BatchResultKind.Error ? 1 : 0,
            LastLine = row.Line,
            Attempts = 1,
            FinishedAt = clock.GetUtcNow(),
        };
    }

    private static BatchResultRow ToResult(long number, ChunkRow row, ScoredRow scored, BatchLineWriter lines) =>
        scored.Prediction is { } prediction
            ? new BatchResultRow(number, row.Line, BatchResultKind.Result, lines.WriteResult(row.RowId, row.Line, prediction))
            : new BatchResultRow(number, row.Line, BatchResultKind.Error, lines.WriteError(row.RowId, row.Line, scored.Faults.ToErrors()));
}
