using System.Diagnostics.Metrics;

namespace DrugResponse.Functions.Telemetry;

/// <summary>Counts and times the loading of model sets. Thread-safe.</summary>
internal static class ModelMeasures
{
    /// <summary>Sets of models that were read, by <c>outcome</c>: loaded or refused.</summary>
    public const string Loads = "drugresponse.model.loads";

    /// <summary>Time from asking storage to a set that scores, in seconds.</summary>
    public const string LoadDuration = "drugresponse.model.load.duration";

    private static readonly Counter<long> LoadCount = ServiceTelemetry.Meter.CreateCounter<long>(Loads, "{load}");
    private static readonly Histogram<double> LoadTime = ServiceTelemetry.Meter.CreateHistogram<double>(LoadDuration, "s");

    /// <summary>A set was loaded.</summary>
    /// <param name="duration">How long it took.</param>
    public static void Loaded(TimeSpan duration)
    {
        LoadCount.Add(1, new KeyValuePair<string, object?>(MetricTags.Outcome, "loaded"));
        LoadTime.Record(duration.TotalSeconds);
    }

    /// <summary>What is published was refused, for faults not told before.</summary>
    public static void Refused() => LoadCount.Add(1, new KeyValuePair<string, object?>(MetricTags.Outcome, "refused"));
}
