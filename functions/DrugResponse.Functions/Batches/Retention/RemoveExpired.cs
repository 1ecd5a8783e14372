using System.Globalization;
using DrugResponse.Contracts.Audit;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Retention;

/// <summary>
/// <c>RemoveExpired</c>: every hour, removes inputs and results past their age, and blobs that nobody refers to. What does
/// not fit into one run is left to the next ones.
/// </summary>
internal sealed partial class RemoveExpired(
    BatchStore batches, BatchRemoval removal, RetentionAges ages, AuditTrail trail, TimeProvider clock, ILogger<RemoveExpired> logger)
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "RemoveExpired";

    /// <summary>Less than a function may take, so that every run ends in order and says what it did.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(4);

    public async Task<TriggerOutcome> HandleAsync(TimerTick tick, CancellationToken cancellationToken)
    {
        var audit = new RemovalAudit(trail, clock, FunctionName);
        var removed = new Removed(audit);
        await audit.AccountAsync(() => RunAsync(removed, cancellationToken), cancellationToken);
        return removed.Failures == 0
            ? TriggerOutcome.Done
            : TriggerOutcome.Failed(string.Create(
                CultureInfo.InvariantCulture, $"{removed.Failures} batches could not be removed; the log says why."));
    }

    private async Task<string> RunAsync(Removed removed, CancellationToken cancellationToken)
    {
        using var run = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var end = clock.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), run, LongestRun, Timeout.InfiniteTimeSpan);
        var outcome = AuditOutcomes.Done;
        try
        {
            await RemoveAsync(removed, run.Token);
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            outcome = AuditOutcomes.Unfinished;
            LogUnfinished(logger, LongestRun);
        }

        if (removed.Failures > 0)
            outcome = AuditOutcomes.Unfinished;

        LogRemoved(logger, removed.Batches.Total, removed.Rows.Total, removed.Inputs.Total, removed.Orphans.Total);
        return outcome;
    }

    private async Task RemoveAsync(Removed removed, CancellationToken cancellationToken)
    {
        var kept = new KeptBlobs();
        await foreach (var batch in batches.ListAllAsync(cancellationToken))
        {
            try
            {
                await RemoveAsync(batch, removed, kept, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && !StorageOutage.IsOutage(exception, cancellationToken))
            {
                removed.Failures++;
                kept.Add(batch);
                LogFailed(logger, batch.Id, batch.Tenant, exception.GetType().Name, exception.StackTrace);
            }
        }

        await removal.RemoveOrphansAsync(kept.Has, ages.OrphansBefore, removed.Orphans, cancellationToken);
    }

    private async Task RemoveAsync(BatchRecord batch, Removed removed, KeptBlobs kept, CancellationToken cancellationToken)
    {
        if (ages.AreResultsOver(batch))
        {
            await removal.RemoveAsync(batch, removed.Rows, cancellationToken);
            removed.Batches.Add(batch.Tenant, 1);
            return;
        }

        kept.Add(batch);
        if (!batch.IsInputRemoved && ages.IsInputOver(batch))
        {
            await removal.RemoveInputAsync(batch, cancellationToken);
            removed.Inputs.Add(batch.Tenant, 1);
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "Removed for their age: {Batches} batches with {Rows} results, {Inputs} inputs of others, {Orphans} blobs of no batch.")]
    private static partial void LogRemoved(ILogger logger, long batches, long rows, long inputs, long orphans);

    [LoggerMessage(LogLevel.Information, "The removal of what is too old did not end within {Limit}; the next run goes on.")]
    private static partial void LogUnfinished(ILogger logger, TimeSpan limit);

    [LoggerMessage(LogLevel.Error, "Batch {Batch} of {Tenant} could not be removed: {Fault}. The others are. {Stack}")]
    private static partial void LogFailed(ILogger logger, BatchId batch, TenantName tenant, string fault, string? stack);

    /// <summary>What one run removed so far.</summary>
    private sealed class Removed(RemovalAudit audit)
    {
        /// <summary>How many batches failed to be removed.</summary>
        public int Failures { get; set; }

        public RemovalCount Batches { get; } = audit.Of("batches");

        public RemovalCount Rows { get; } = audit.Of("batchRows");

        public RemovalCount Inputs { get; } = audit.Of("batchInputs");

        public RemovalCount Orphans { get; } = audit.Of("filesOfNoBatch");
    }

    /// <summary>The blobs that batches refer to: their own, and an input or upload under an id of its own.</summary>
    private sealed class KeptBlobs
    {
        private readonly HashSet<(TenantName Tenant, BatchId Id)> _ids = [];
        private readonly HashSet<string> _inputs = new(StringComparer.Ordinal);

        public void Add(BatchRecord batch)
        {
            _ids.Add((batch.Tenant, batch.Id));
            if (batch.Input is { } input)
                _inputs.Add(input.Blob);
            else if (batch.Upload is { } upload && !batch.IsFinal)
                _ids.Add((batch.Tenant, upload.UploadId));
        }

        public bool Has(TenantName tenant, BatchId id, string blob) => _ids.Contains((tenant, id)) || _inputs.Contains(blob);
    }
}
