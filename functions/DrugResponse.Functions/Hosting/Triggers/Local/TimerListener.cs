namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>Fires one function by its schedule, one occurrence after the other.</summary>
/// <param name="function">The function's name.</param>
/// <param name="trigger">Its trigger.</param>
/// <param name="invoker">Invokes the function.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where failures are told.</param>
internal sealed partial class TimerListener(
    string function, TimerTrigger trigger, FunctionInvoker invoker, TimeProvider time, ILogger log) : ITriggerListener
{
    // Timers cannot wait for longer than some 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly TimerSchedule _schedule = TimerSchedule.Parse(trigger.Schedule);

    /// <inheritdoc />
    public string? Obstacle => null;

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken stopping)
    {
        if (trigger.RunOnStartup && !stopping.IsCancellationRequested)
            await FireAsync();

        while (_schedule.Next(time.GetUtcNow()) is { } due)
        {
            if (!await WaitAsync(due, stopping))
                return;

            await FireAsync();
        }

        LogNever(function, trigger.Schedule);
    }

    private async Task<bool> WaitAsync(DateTimeOffset due, CancellationToken stopping)
    {
        try
        {
            while (due - time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stopping);

            return !stopping.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task FireAsync()
    {
        var result = await invoker.InvokeAsync(function, InvocationPayload.OfTimerTick(function, trigger.BindingName, time.GetUtcNow()));
        if (result.Outcome is not InvocationOutcome.Succeeded)
            LogFailed(function, result.Failure);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Function} failed: {Failure}.")]
    private partial void LogFailed(string function, string? failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Function} is never due by its schedule {Schedule}.")]
    private partial void LogNever(string function, string schedule);
}
