using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DrugResponse.Functions.Telemetry;

/// <summary>Where the app's own spans and measurements come from. They cost next to nothing while nobody listens.</summary>
internal static class ServiceTelemetry
{
    /// <summary>The name of source and meter.</summary>
    public const string Name = "DrugResponse";

    /// <summary>Starts spans.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Makes instruments.</summary>
    public static Meter Meter { get; } = new(Name);
}
