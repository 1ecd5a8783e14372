using System.Reflection;
using DrugResponse.Functions.Hosting;
using DrugResponse.Storage;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DrugResponse.Functions.Telemetry;

/// <summary>Sends traces, metrics and logs to an OTLP endpoint, if one is configured.</summary>
internal static class TelemetryRegistration
{
    /// <summary>Adds the exporters.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <exception cref="StartupException">A setting is wrong.</exception>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        // In a method of its own, so that a start without telemetry loads nothing of it.
        if (OtlpSettings.AreGiven(builder.Configuration))
            AddExporters(builder.Services);
    }

    private static void AddExporters(IServiceCollection services) => services.AddOpenTelemetry()
        .ConfigureResource(static resource => resource
            .Clear()
            .AddService("drugresponse", serviceVersion: Version)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector())
        .WithTracing(static tracing => tracing
            .AddSource(ServiceTelemetry.Name, "System.Net.Http")
            .AddAspNetCoreInstrumentation(static requests => requests.Filter = static context => !IsProbe(context.Request.Path))
            .AddProcessor(new SpanCleaner())
            .AddOtlpExporter())
        .WithMetrics(static metrics => metrics
            .AddMeter(ServiceTelemetry.Name, StorageMeasures.MeterName)
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime")
            .AddOtlpExporter())
        .WithLogging(
            static logging => logging.AddProcessor(new LogCleaner()).AddOtlpExporter(),
            static options => options.IncludeFormattedMessage = true);

    private static string? Version =>
        typeof(TelemetryRegistration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    // Asked every few seconds by whoever watches the process.
    private static bool IsProbe(PathString path) => path == "/" || path.Value?.Contains("/health/", StringComparison.OrdinalIgnoreCase) == true;
}
