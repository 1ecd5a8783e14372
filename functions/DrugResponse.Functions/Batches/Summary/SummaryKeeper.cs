using System.Text.Json;
using Azure;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Batches;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Summary;

/// <summary>Makes summaries of batches, and keeps those of batches that have ended. Thread-safe.</summary>
internal sealed partial class SummaryKeeper(BatchChunkStore chunks, BatchSummaryStore kept, ILogger<SummaryKeeper> logger)
{
    /// <summary>Makes the summary of a batch to whose rows nothing is added any more, and keeps it.</summary>
    /// <returns>Whether there is one: no batch is kept from its end by a tally that cannot be read.</returns>
    public async Task<bool> TryKeepAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        if (await TrySumAsync(batch, cancellationToken) is not { } tally)
            return false;

        await kept.WriteAsync(batch.Tenant, batch.Id, tally.ToJson(), cancellationToken);
        return true;
    }

    /// <summary>Gives the summary of a batch as UTF-8 JSON: the one that was kept, or one of what is done so far.</summary>
    /// <returns>The summary, or <see langword="null"/> if what it is made of cannot be read.</returns>
    public async Task<byte[]?> ReadAsync(BatchRecord batch, BatchRowCounts rows, CancellationToken cancellationToken)
    {
        var tally = (batch.FinalCounts is null ? null : await TryReadKeptAsync(batch, cancellationToken)) ?? await TrySumAsync(batch, cancellationToken);
        return tally is null
            ? null
            : JsonSerializer.SerializeToUtf8Bytes(SummaryAnswer.Of(batch, rows, tally), ContractsJsonContext.Wire.BatchSummary);
    }

    private static bool IsLost(Exception exception) =>
        exception is InvalidDataException or JsonException or RequestFailedException { Status: StatusCodes.Status404NotFound };

    private async Task<CohortTally?> TryReadKeptAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        try
        {
            return await kept.ReadAsync(batch.Tenant, batch.Id, cancellationToken) is { } json ? CohortTally.Parse(json) : null;
        }
        catch (Exception exception) when (IsLost(exception))
        {
            LogLost(logger, batch.Id, exception.GetType().Name);
            return null;
        }
    }

    private async Task<CohortTally?> TrySumAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        try
        {
            return await SumAsync(batch, cancellationToken);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            LogTallyLost(logger, batch.Id, exception.GetType().Name);
            return null;
        }
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

    [LoggerMessage(LogLevel.Error, "The kept summary of batch {Batch} cannot be read ({Exception}) and is made anew.")]
    private static partial void LogLost(ILogger logger, BatchId batch, string exception);

    [LoggerMessage(LogLevel.Error, "A tally of batch {Batch} cannot be read ({Exception}): there is no summary of the batch.")]
    private static partial void LogTallyLost(ILogger logger, BatchId batch, string exception);
}
