using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Batches;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Summary;

/// <summary>Makes summaries of batches, and keeps those of batches that have ended. Thread-safe.</summary>
internal sealed class SummaryKeeper(BatchChunkStore chunks, BatchSummaryStore kept)
{
    /// <summary>Makes the summary of a batch to whose rows nothing is added any more, and keeps it.</summary>
    public async Task KeepAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        var tally = await SumAsync(batch, cancellationToken);
        await kept.WriteAsync(batch.Tenant, batch.Id, tally.ToJson(), cancellationToken);
    }

    /// <summary>Gives the summary of a batch as UTF-8 JSON: the one that was kept, or one of what is done so far.</summary>
    public async Task<byte[]> ReadAsync(BatchRecord batch, BatchRowCounts rows, CancellationToken cancellationToken)
    {
        var tally = batch.FinalCounts is not null && await kept.ReadAsync(batch.Tenant, batch.Id, cancellationToken) is { } json
            ? CohortTally.Parse(json)
            : await SumAsync(batch, cancellationToken);
        var summary = SummaryAnswer.Of(batch, rows, tally);
        return JsonSerializer.SerializeToUtf8Bytes(summary, ContractsJsonContext.Wire.BatchSummary);
    }

    private async Task<CohortTally> SumAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        var sum = new CohortTally();
        await foreach (var part in chunks.ListAsync(batch.Tenant, batch.Id, withTally: true, cancellationToken))
        {
            if (!part.Tally.IsEmpty)
                sum.Add(CohortTally.Parse(part.Tally.Span));
        }

        return sum;
    }
}
