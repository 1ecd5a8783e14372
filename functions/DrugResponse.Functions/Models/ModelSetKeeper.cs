using Azure;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Functions.Telemetry;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Models;

/// <summary>
/// Keeps the models in use: loads them at start, watches the registry, and swaps the whole set at once. A set that cannot be
/// served is named and left alone; the last good one stays. Thread-safe.
/// </summary>
internal sealed partial class ModelSetKeeper(
    PublishedModels published,
    StorageSetup storage,
    IOptions<ModelOptions> options,
    TimeProvider clock,
    ILogger<ModelSetKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan FirstLoadPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _firstLoad = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ModelSet? _current;
    private volatile IReadOnlyList<string> _faults = [];

    /// <summary>The models in use; null before the first were loaded.</summary>
    public ModelSet? Current => _current;

    /// <summary>Why the newest registry is not the one in use; empty when it is.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The models in use. Right after the start it waits a few seconds for them.</summary>
    /// <returns>The set, or null when there is none yet.</returns>
    public async Task<ModelSet?> GetAsync(CancellationToken cancellationToken)
    {
        if (_current is { } loaded)
            return loaded;
        try
        {
            await _firstLoad.Task.WaitAsync(FirstLoadPatience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }

        return _current;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await storage.Reachable.WaitAsync(stoppingToken);
        await RefreshAsync(stoppingToken);
        storage.Begin();
        // What was there before this process needs not wait for what is being created; what is not is looked for afterwards.
        await storage.Done.WaitAsync(stoppingToken);
        await SaveBundleAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (_current is not null)
                await Task.Delay(_faults.Count > 0 ? RetryAfter : options.Value.WatchInterval, clock, stoppingToken);
            await RefreshAsync(stoppingToken);
            await SaveBundleAsync(stoppingToken);
            if (_current is null)
                await Task.Delay(RetryAfter, clock, stoppingToken);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var start = clock.GetTimestamp();
            if (await published.ReadAsync(cancellationToken) is { } set)
            {
                Take(set);
                ModelMeasures.Loaded(clock.GetElapsedTime(start));
            }

            _faults = [];
        }
        catch (Exception) when (!storage.Done.IsCompletedSuccessfully && !cancellationToken.IsCancellationRequested)
        {
            // The container may not be there yet.
        }
        catch (ModelSetException exception)
        {
            Report(exception.Faults);
        }
        catch (InvalidDataException exception)
        {
            Report([exception.Message]);
        }
        catch (Exception exception) when (StorageOutage.IsOutage(exception, cancellationToken))
        {
            Report(["Storage does not answer, so the registry cannot be read."]);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever was published, it must not end the process that serves the last good set.
            Report([$"The models cannot be read ({Describe(exception)})."]);
        }
    }

    private async Task SaveBundleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await published.SaveBundleAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogBundleNotSaved(logger, Describe(exception));
        }
    }

    private void Take(ModelSet set)
    {
        var before = _current;
        _current = set;
        _firstLoad.TrySetResult();
        // A set is read again while a candidate in it is bad, and then mostly says the same.
        if (before is null || Describe(before) != Describe(set))
            LogLoaded(logger, Describe(set));
        if (set.CandidateFaults.Count > 0 && (before is null || !before.CandidateFaults.SequenceEqual(set.CandidateFaults)))
            LogCandidatesRefused(logger, string.Join(' ', set.CandidateFaults));
    }

    private static string Describe(ModelSet set) => ModelNames.Of(set.Models.Concat(set.Candidates));

    private static string Describe(Exception exception) =>
        exception is RequestFailedException { Status: > 0 } answered ? $"HTTP {answered.Status} {answered.ErrorCode}" : exception.GetType().Name;

    private void Report(IReadOnlyList<string> faults)
    {
        // Once per change: the same fault comes back with every look at the registry.
        if (!faults.SequenceEqual(_faults))
        {
            ModelMeasures.Refused();
            LogRefused(logger, string.Join(' ', faults));
        }

        _faults = faults;
    }

    [LoggerMessage(LogLevel.Information, "Models in use, and candidates beside them: {Models}.")]
    private static partial void LogLoaded(ILogger logger, string models);

    [LoggerMessage(LogLevel.Warning, "The bundle of models could not be left for the next start, which will be slower ({Fault}).")]
    private static partial void LogBundleNotSaved(ILogger logger, string fault);

    [LoggerMessage(LogLevel.Warning, "Candidates cannot be scored beside the models in use. {Faults}")]
    private static partial void LogCandidatesRefused(ILogger logger, string faults);

    [LoggerMessage(LogLevel.Error, "The published models cannot be used; what was in use stays in use. {Faults}")]
    private static partial void LogRefused(ILogger logger, string faults);
}
