using DrugResponse.Functions.Hosting;
using DrugResponse.Storage;

namespace DrugResponse.Functions.StorageAccess;

/// <summary>
/// Creates tables, queues and containers that are absent, in the background and for as long as it takes: the server answers
/// meanwhile, and says that it is not ready.
/// </summary>
internal sealed partial class StorageSetup(
    StorageConnection connection, IServiceProvider services, TimeProvider clock, ILogger<StorageSetup> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long what is needed for the first answer goes first.</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _mayBegin = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reachable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when there is no emulator to wait for (any more). What is used may still have to be created.</summary>
    public Task Reachable => _reachable.Task;

    /// <summary>Completes when everything is there.</summary>
    public Task Done => _done.Task;

    /// <summary>Waits a few seconds, right after the start, until everything is there.</summary>
    /// <exception cref="TimeoutException">It is still not, which is as good as an outage.</exception>
    public Task WaitAsync(CancellationToken cancellationToken) => _done.Task.WaitAsync(Patience, clock, cancellationToken);

    /// <summary>
    /// Lets the creation begin. Mostly there is nothing to create, and finding that out takes more requests than the first answer does, so it
    /// waits a moment for this.
    /// </summary>
    public void Begin() => _mayBegin.TrySetResult();

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<DevelopmentStorage>() is { } emulator)
            await emulator.Ready.WaitAsync(stoppingToken);
        _reachable.TrySetResult();
        await Task.WhenAny(_mayBegin.Task, Task.Delay(HeadStart, clock, stoppingToken));

        string? lastFault = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StorageSchema.EnsureCreatedAsync(connection, stoppingToken);
                _done.TrySetResult();
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Once per kind of fault: an outage of an hour must not fill the log.
                var fault = exception.GetType().Name;
                if (fault != lastFault)
                    LogNotCreated(logger, fault, exception.Message);
                lastFault = fault;
            }

            await Task.Delay(RetryAfter, clock, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Tables, queues and containers cannot be created yet ({Fault}): {Reason}")]
    private static partial void LogNotCreated(ILogger logger, string fault, string reason);
}
