using DrugResponse.Storage.Development;

namespace DrugResponse.Functions.Hosting;

/// <summary>
/// Sees to it that a developer's storage emulator does not stay dead: when it ends by itself, says why, and starts it again, unless it ends
/// again and again. Thread-safe.
/// </summary>
/// <param name="clock">Tells how long it ran.</param>
/// <param name="log">Where its ends are told.</param>
internal sealed partial class EmulatorWatch(TimeProvider clock, ILogger<EmulatorWatch> log)
{
    /// <summary>How often it is started again in a row.</summary>
    public const int MostRestarts = 3;

    /// <summary>Who ran for so long was not killed by its own data; the count of restarts begins anew.</summary>
    private static readonly TimeSpan LongRun = TimeSpan.FromMinutes(10);

    /// <summary>Watches an emulator until it is stopped by the caller, or is given up.</summary>
    /// <param name="emulator">The emulator, running.</param>
    /// <param name="directory">Where its data lie.</param>
    /// <param name="stoppingToken">Ends the watch. The emulator is not stopped.</param>
    public async Task WatchAsync(AzuriteEmulator emulator, string directory, CancellationToken stoppingToken)
    {
        var restarts = 0;
        var startedAt = clock.GetTimestamp();
        try
        {
            while (true)
            {
                var (exitCode, output) = await emulator.WaitForEndAsync(stoppingToken);
                stoppingToken.ThrowIfCancellationRequested();
                restarts = clock.GetElapsedTime(startedAt) < LongRun ? restarts + 1 : 1;
                if (restarts > MostRestarts)
                {
                    LogGivenUp(exitCode, MostRestarts, directory, output);
                    return;
                }

                LogEnded(exitCode, directory, output);
                startedAt = clock.GetTimestamp();
                await emulator.RestartAsync(stoppingToken);
                LogRestarted();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends, and its emulator with it.
        }
        catch (InvalidOperationException failure)
        {
            LogNotRestarted(directory, failure.Message);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Azurite ended by itself (exit code {ExitCode}) and is started again; what it took in within the last seconds may be gone. "
            + "Should it have run out of memory: its tables hold a few hundred thousand rows of batches at most (decision 0010), and deleting "
            + "the folder {Directory} while nothing runs empties them. It wrote: {Output}")]
    private partial void LogEnded(int exitCode, string directory, string output);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Azurite serves again.")]
    private partial void LogRestarted();

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "Azurite ended by itself again (exit code {ExitCode}), after {Restarts} restarts, and is given up: there is no storage. Stop the "
            + "service, delete the folder {Directory}, and start it again. Azurite wrote: {Output}")]
    private partial void LogGivenUp(int exitCode, int restarts, string directory, string output);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "Azurite ended by itself and cannot be started again: there is no storage. Stop the service, delete the folder {Directory}, and "
            + "start it again. {Reason}")]
    private partial void LogNotRestarted(string directory, string reason);
}
