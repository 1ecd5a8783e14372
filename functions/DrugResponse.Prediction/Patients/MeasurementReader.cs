using System.Collections.Immutable;
using System.Globalization;
using DrugResponse.Contracts.Reading;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Patients;

/// <summary>
/// Checks a request's measurements. A name that is not known is a fault: a misspelt one must not turn into "not measured".
/// </summary>
internal static class MeasurementReader
{
    private const string Root = "/measurements";

    private static readonly string Known = string.Join(", ", MeasurementNames.Ranges.Keys.Order(StringComparer.Ordinal));

    /// <summary>The measurements that are known and within their range; the others are faults.</summary>
    public static IReadOnlyDictionary<string, double> Read(IReadOnlyDictionary<string, double>? measurements, FaultList faults)
    {
        if (measurements is null)
            return ImmutableDictionary<string, double>.Empty;
        var read = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in measurements)
        {
            var path = JsonPointer.Member(Root, name);
            if (!MeasurementNames.Ranges.TryGetValue(name, out var range))
                faults.Add(path, $"Unknown measurement. Known: {Known}.");
            else if (value < range.Min || value > range.Max)
                faults.Add(path, string.Create(CultureInfo.InvariantCulture, $"Must be from {range.Min} to {range.Max}. Known: {Known}."));
            else
                read.Add(name, value);
        }

        return read;
    }
}
