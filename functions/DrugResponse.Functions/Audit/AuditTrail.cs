using System.Threading.Channels;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;

namespace DrugResponse.Functions.Audit;

/// <summary>
/// Takes what is to be audited and writes it in groups, one chain per tenant and day, in the background: a prediction does not wait for it.
/// Thread-safe.
/// </summary>
/// <remarks>
/// A process that is killed loses what it took within the last moments (<see cref="GatherFor"/> and a write). While storage does not
/// answer, entries wait; when too many do, <see cref="IsOverdue"/> says so and requests are refused: what cannot be accounted for is not
/// done.
/// </remarks>
internal sealed partial class AuditTrail(IServiceProvider services, StorageSetup setup, TimeProvider clock, ILogger<AuditTrail> logger)
    : BackgroundService
{
    private const int OverdueAt = 20_000;
    private const int MostWaiting = 2 * OverdueAt;
    private const int GroupSize = 1000;

    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastMoments = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(10);

    private readonly Channel<PendingEntry> _pending =
        Channel.CreateBounded<PendingEntry>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private int _unwritten;

    /// <summary>Whether so much waits to be written that nothing more should be begun.</summary>
    public bool IsOverdue => _pending.Reader.Count >= OverdueAt;

    /// <summary>Takes an entry, to be written soon.</summary>
    /// <param name="tenant">Whose audit trail.</param>
    /// <param name="entry">The entry.</param>
    public void Record(TenantName tenant, AuditEntry entry)
    {
        if (_pending.Writer.TryWrite(new PendingEntry(tenant, entry, Written: null)))
            Interlocked.Increment(ref _unwritten);
        else
            LogLost(entry.Action, entry.Who, entry.Outcome);
    }

    /// <summary>Takes an entry and waits until it is written: for what must not be done without a trace.</summary>
    /// <param name="tenant">Whose audit trail.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Ends the waiting; an entry that was taken is written all the same.</param>
    public async Task RecordAsync(TenantName tenant, AuditEntry entry, CancellationToken cancellationToken)
    {
        var pending = new PendingEntry(tenant, entry, NewCompletion());
        await _pending.Writer.WriteAsync(pending, cancellationToken);
        Interlocked.Increment(ref _unwritten);
        await pending.Written!.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what was taken before this call.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var mark = new PendingEntry(default, null, NewCompletion());
        await _pending.Writer.WriteAsync(mark, cancellationToken);
        await mark.Written!.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The server has ended before this, so there are no further entries. What is there has these last moments.
        _pending.Writer.TryComplete();
        if (ExecuteTask is { } writing)
            await Task.WhenAny(writing, Task.Delay(LastMoments, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Not before: with faulty settings there is no writer, and all of them are to be named and not these first.
            var writer = services.GetRequiredService<AuditWriter>();
            await setup.Done.WaitAsync(stoppingToken);
            while (await _pending.Reader.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(GatherFor, stoppingToken);
                await WriteGroupAsync(writer, stoppingToken);
            }

            await RetryAsync(writer.CloseAsync, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The last row of a chain may be missing too; that is no entry, and verifying tells of it.
            if (Volatile.Read(ref _unwritten) is > 0 and var lost)
                LogEnded(lost);
        }
    }

    private async Task WriteGroupAsync(AuditWriter writer, CancellationToken cancellationToken)
    {
        var group = new List<PendingEntry>();
        while (group.Count < GroupSize && _pending.Reader.TryRead(out var pending))
            group.Add(pending);

        foreach (var tenant in group.Where(static pending => pending.Entry is not null).GroupBy(static pending => pending.Tenant))
            writer.Add(tenant.Key, tenant.Select(static pending => pending.Entry!));
        await RetryAsync(writer.WriteAsync, cancellationToken);
        Interlocked.Add(ref _unwritten, -group.Count(static pending => pending.Entry is not null));
        foreach (var pending in group)
            pending.Written?.TrySetResult();
    }

    private async Task RetryAsync(Func<CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        for (var pause = FirstRetry; ; pause = pause * 2 < LongestRetry ? pause * 2 : LongestRetry)
        {
            try
            {
                await write(cancellationToken);
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever the reason, the rows are the next to be written: the chain has no way around them.
                LogNotWritten(exception.GetType().Name, _pending.Reader.Count);
            }

            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The audit trail cannot be written ({Fault}); {Waiting} entries wait.")]
    private partial void LogNotWritten(string fault, int waiting);

    [LoggerMessage(LogLevel.Critical, "The audit trail takes no more entries: {Action} by {Who} ({Outcome}) is not in it.")]
    private partial void LogLost(string action, string who, string outcome);

    [LoggerMessage(LogLevel.Error, "The process ends with {Waiting} entries of the audit trail not written.")]
    private partial void LogEnded(int waiting);

    private static TaskCompletionSource NewCompletion() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record PendingEntry(TenantName Tenant, AuditEntry? Entry, TaskCompletionSource? Written);
}
