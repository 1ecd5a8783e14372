using System.Globalization;
using DrugResponse.Contracts.Audit;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.Models;
using DrugResponse.Functions.Predictions;
using DrugResponse.Functions.Problems;
using DrugResponse.Functions.Telemetry;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Chunks;

/// <summary>
/// <c>ScoreBatchChunk</c>: scores the rows that a message of the queue <c>batch-chunks</c> names. Delivered again, it does what is not
/// done. A message that fails again and again is halved until the row is alone that fails; that row gets an error, and all others their
/// results.
/// </summary>
internal sealed partial class ScoreBatchChunk(
    BatchStores stores, ChunkScorer scorer, BatchLookup lookup, ModelSetKeeper models, AuditTrail trail, KeyWait keyWait, ILogger<ScoreBatchChunk> logger)
    : IDisposable
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "ScoreBatchChunk";

    /// <summary>The delivery at which several rows are not tried together any more. Whatever failed twice will hardly go well.</summary>
    private const long HalvedAt = 3;

    /// <summary>The delivery at which a single row is given up: the last one before the queue would give up the message.</summary>
    private const long GivenUpAt = 5;

    private static readonly TimeSpan Postponement = TimeSpan.FromSeconds(5);

    // Scoring needs processors and every chunk in work needs memory: more at once make nothing faster.
    private readonly SemaphoreSlim _places = new(2 * Environment.ProcessorCount);

    public async Task<TriggerOutcome> HandleAsync(QueueTriggerMessage delivery, CancellationToken cancellationToken)
    {
        if (!BatchChunkMessage.TryParse(delivery.Body.Span, out var message))
            return TriggerOutcome.Failed("The message is not a part of a batch.");

        await _places.WaitAsync(cancellationToken);
        try
        {
            return await HandleAsync(message, delivery.DequeueCount ?? 1, cancellationToken);
        }
        catch (Exception exception) when (StorageOutage.IsOutage(exception, cancellationToken))
        {
            // A moment later it may be over; but the outage must not use up the attempts of the message.
            var reason = $"Storage does not answer ({exception.GetType().Name}).";
            return delivery.DequeueCount is > 1 ? await PostponeAsync(message, reason, cancellationToken) : TriggerOutcome.Failed(reason);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    private async Task<TriggerOutcome> HandleAsync(BatchChunkMessage message, long attempt, CancellationToken cancellationToken)
    {
        if (trail.IsOverdue)
            return await PostponeAsync(message, "The audit trail cannot be written.", cancellationToken);

        var tenant = TenantName.Parse(message.Tenant);
        if (await lookup.FindAsync(tenant, BatchId.Parse(message.BatchId), cancellationToken) is not { IsStopped: false } batch)
            return TriggerOutcome.Done;
        if (message.Blob != batch.Input?.Blob)
            return TriggerOutcome.Failed("The message names an input that is not the batch's own.");
        if (await stores.Chunks.IsDoneAsync(tenant, batch.Id, message.Part, cancellationToken))
            return TriggerOutcome.Done;
        if (attempt >= HalvedAt && message.Part.Rows > 1)
            return await HalveAsync(message, cancellationToken);
        if (attempt >= GivenUpAt)
            return await GiveUpAsync(batch, message, attempt, cancellationToken);
        if (await models.GetAsync(cancellationToken) is not { } modelSet)
            return await PostponeAsync(message, "No models are loaded.", cancellationToken);

        return await ScoreAsync(batch, message, modelSet, attempt, cancellationToken);
    }

    private async Task<TriggerOutcome> ScoreAsync(
        BatchRecord batch, BatchChunkMessage message, ModelSet modelSet, long attempt, CancellationToken cancellationToken)
    {
        try
        {
            if (await scorer.ScoreAsync(batch, message, modelSet, attempt, cancellationToken) is not var (result, used))
                return TriggerOutcome.Done;
            await AccountAsync(batch, result, AuditOutcomes.Scored, used, cancellationToken);
            if (!await TrySetAsync(batch, result, cancellationToken))
                return TriggerOutcome.Done;
            BatchMeasures.Count(result);
            LogScored(logger, message.Chunk.Number, batch.Id, result.Part.Rows, result.Failed);
            return TriggerOutcome.Done;
        }
        catch (InvalidDataException exception) when (keyWait.IsWorthwhile(batch, exception))
        {
            return await PostponeAsync(message, "Its input is under a master key that is not configured here.", cancellationToken);
        }
        catch (Exception exception) when (BatchStores.IsInputLost(exception))
        {
            LogInputLost(logger, batch.Id, message.Chunk.Number, exception.GetType().Name);
            await stores.NoteInputLostAsync(batch, cancellationToken);
            return TriggerOutcome.Done;
        }
    }

    // A delivery may stand still for long, on a machine that is frozen. What has ended meanwhile, others have counted and read.
    private async Task<bool> TrySetAsync(BatchRecord batch, BatchPartResult result, CancellationToken cancellationToken)
    {
        if (await lookup.ReadAsync(batch.Tenant, batch.Id, cancellationToken) is not { IsFinal: false })
            return false;
        await stores.Chunks.SetAsync(batch.Tenant, batch.Id, result, cancellationToken);
        return true;
    }

    // Before the part counts as done: in between, a crash leaves it to be done and accounted for again, never done without a trace.
    private Task AccountAsync(
        BatchRecord batch, BatchPartResult result, string outcome, ModelsUsed? used, CancellationToken cancellationToken) =>
        trail.RecordAsync(
            batch.Tenant,
            new AuditEntry
            {
                At = result.FinishedAt,
                Who = "queue",
                Action = FunctionName,
                Outcome = outcome,
                Resource = string.Create(CultureInfo.InvariantCulture, $"{batch.Id}/{result.Part.Chunk}"),
                Models = used?.Versions,
                Knowledge = used?.KnowledgeVersion,
                Count = result.Part.Rows,
            },
            cancellationToken);

    // The halves are sent before this message goes: a crash in between leaves rows to be done twice, never none.
    private async Task<TriggerOutcome> HalveAsync(BatchChunkMessage message, CancellationToken cancellationToken)
    {
        var middle = message.From + message.Part.Rows / 2;
        LogHalved(logger, message.BatchId, message.Chunk.Number, message.From, message.To);
        await stores.Queues.SendAsync(message with { To = middle }, cancellationToken: cancellationToken);
        await stores.Queues.SendAsync(message with { From = middle }, cancellationToken: cancellationToken);
        return TriggerOutcome.Done;
    }

    private async Task<TriggerOutcome> GiveUpAsync(
        BatchRecord batch, BatchChunkMessage message, long attempt, CancellationToken cancellationToken)
    {
        var kept = await scorer.RefuseAsync(batch, message, cancellationToken);
        LogGivenUp(logger, batch.Id, message.Chunk.FirstRow + message.From, attempt);
        await AccountAsync(batch, kept, AuditOutcomes.GivenUp, used: null, cancellationToken);
        if (await TrySetAsync(batch, kept with { Attempts = attempt }, cancellationToken))
            BatchMeasures.Count(kept);
        return TriggerOutcome.Done;
    }

    // What passes by itself must not use up the attempts of the message: a fresh one takes its place.
    private async Task<TriggerOutcome> PostponeAsync(BatchChunkMessage message, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await stores.Queues.SendAsync(message, Postponement, cancellationToken);
            LogPostponed(logger, message.BatchId, message.Chunk.Number, reason);
            return TriggerOutcome.Done;
        }
        catch (Exception exception) when (StorageOutage.IsOutage(exception, cancellationToken))
        {
            return TriggerOutcome.Failed(reason);
        }
    }

    [LoggerMessage(LogLevel.Information, "Chunk {Chunk} of batch {Batch} is done: {Rows} rows, {Failed} of them with errors.")]
    private static partial void LogScored(ILogger logger, int chunk, BatchId batch, int rows, int failed);

    [LoggerMessage(LogLevel.Warning, "Chunk {Chunk} of batch {Batch} is tried again later. {Reason}")]
    private static partial void LogPostponed(ILogger logger, string batch, int chunk, string reason);

    [LoggerMessage(LogLevel.Warning, "Rows {From} to {To} of chunk {Chunk} of batch {Batch} failed together; they are halved.")]
    private static partial void LogHalved(ILogger logger, string batch, int chunk, int from, int to);

    [LoggerMessage(LogLevel.Error, "Row {Row} of batch {Batch} is given up after {Attempts} attempts.")]
    private static partial void LogGivenUp(ILogger logger, BatchId batch, long row, long attempts);

    [LoggerMessage(LogLevel.Error, "The input of batch {Batch} cannot be read at chunk {Chunk} ({Fault}): the batch fails.")]
    private static partial void LogInputLost(ILogger logger, BatchId batch, int chunk, string fault);
}
