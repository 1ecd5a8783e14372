using DrugResponse.Functions.Hosting;

namespace DrugResponse.Functions.Telemetry;

/// <summary>The settings of the OTLP exporter, under the names that OpenTelemetry gives them.</summary>
internal static class OtlpSettings
{
    /// <summary>Where telemetry is sent: an http or https address. Without it nothing is collected.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>How it is sent: <c>grpc</c>, which is the default, or <c>http/protobuf</c>.</summary>
    public const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>Whether telemetry is to be sent.</summary>
    /// <exception cref="StartupException">A setting is wrong; the exporter would pass over it and send nothing.</exception>
    public static bool AreGiven(IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration[Endpoint]))
            return false;
        if (!Uri.TryCreate(configuration[Endpoint], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new StartupException($"{Endpoint} is not an http or https address.");
        if (configuration[Protocol] is { Length: > 0 } protocol && protocol is not ("grpc" or "http/protobuf"))
            throw new StartupException($"{Protocol} must be grpc or http/protobuf.");
        return true;
    }
}
