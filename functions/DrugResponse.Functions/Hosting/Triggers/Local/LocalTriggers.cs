using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>
/// Stands in for the Functions host in a standalone process: listens to queues and the clock as the function definitions
/// beside the program say, and invokes the functions over loopback.
/// </summary>
/// <param name="listeners">What is listened to.</param>
/// <param name="storage">The emulator that a developer's process may have to start first.</param>
/// <param name="lifetime">Says when the endpoints are there, and when they are about to go.</param>
/// <param name="options">Whether to listen at all.</param>
/// <param name="log">Where the start is told.</param>
internal sealed partial class LocalTriggers(
    TriggerListeners listeners,
    DevelopmentStorage storage,
    IHostApplicationLifetime lifetime,
    IOptions<LocalTriggerOptions> options,
    ILogger<LocalTriggers> log) : BackgroundService
{
    private IReadOnlyList<ITriggerListener> _listeners = [];

    /// <summary>Whether functions are listened for at all.</summary>
    public bool IsEnabled => options.Value.Enabled;

    /// <summary>What keeps functions from being fired, a sentence each; empty when nothing does.</summary>
    public IReadOnlyList<string> Obstacles => [.. _listeners.Select(static listener => listener.Obstacle).OfType<string>()];

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Here and not later, so that a bad definition or connection keeps the process from starting.
        if (options.Value.Enabled)
            _listeners = listeners.Create();

        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_listeners.Count == 0)
            return;

        // The server stops first, this service after it. Listening must end before the server refuses invocations; the
        // running ones the server lets finish.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await WhenStartedAsync(stopping.Token);
            await storage.Ready.WaitAsync(stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        LogListening(_listeners.Count);
        await Task.WhenAll(_listeners.Select(listener => listener.RunAsync(stopping.Token)));
    }

    private async Task WhenStartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Standing in for the Functions host: {Count} trigger(s) of function definitions are listened to.")]
    private partial void LogListening(int count);
}
