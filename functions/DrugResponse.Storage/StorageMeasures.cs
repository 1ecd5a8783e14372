using System.Diagnostics.Metrics;

namespace DrugResponse.Storage;

/// <summary>What is measured of storage beside its requests, which HTTP clients measure themselves. Thread-safe.</summary>
public static class StorageMeasures
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "DrugResponse.Storage";

    /// <summary>Requests that were sent again after a failure in passing, by <c>http.request.method</c>.</summary>
    public const string Retries = "drugresponse.storage.retries";

    private static readonly Counter<long> RetryCount = new Meter(MeterName).CreateCounter<long>(Retries, "{retry}");

    internal static void CountRetry(string method) => RetryCount.Add(1, new KeyValuePair<string, object?>("http.request.method", method));
}
