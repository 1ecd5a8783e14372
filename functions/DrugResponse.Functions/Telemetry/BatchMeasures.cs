using System.Diagnostics.Metrics;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Telemetry;

/// <summary>Counts batches and their rows as they move on. What is done twice after a crash is counted twice. Thread-safe.</summary>
internal static class BatchMeasures
{
    /// <summary>Batches that came into a <c>state</c>: accepted, or one of the final ones.</summary>
    public const string Batches = "drugresponse.batches";

    /// <summary>Rows that are done, by <c>outcome</c>: scored or failed.</summary>
    public const string Rows = "drugresponse.batch.rows";

    private static readonly Counter<long> BatchCount = ServiceTelemetry.Meter.CreateCounter<long>(Batches, "{batch}");
    private static readonly Counter<long> RowCount = ServiceTelemetry.Meter.CreateCounter<long>(Rows, "{row}");

    /// <summary>Counts a batch.</summary>
    /// <param name="batch">The batch, just come into its state.</param>
    public static void Count(BatchRecord batch) => BatchCount.Add(1, new KeyValuePair<string, object?>(MetricTags.BatchState, batch.State));

    /// <summary>Counts the rows of a part that is done.</summary>
    /// <param name="part">What came of it.</param>
    public static void Count(BatchPartResult part)
    {
        RowCount.Add(part.Part.Rows - part.Failed, new KeyValuePair<string, object?>(MetricTags.Outcome, "scored"));
        RowCount.Add(part.Failed, new KeyValuePair<string, object?>(MetricTags.Outcome, "failed"));
    }
}
