using System.Diagnostics;
using OpenTelemetry;

namespace DrugResponse.Functions.Telemetry;

/// <summary>
/// Takes from spans whatever is not known to be harmless, before they are sent: addresses hold pseudonyms and row keys, and a caller can put
/// anything into paths, queries and headers.
/// </summary>
internal sealed class SpanCleaner : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "error.type", "http.request.method", "http.response.status_code", "http.route", "network.protocol.version", "url.scheme",
        "messaging.destination.name", "messaging.message.body.size", "messaging.message.id", "messaging.operation.name",
        "messaging.operation.type", "messaging.system", MetricTags.Function,
    };

    // Whom we call is ours to say. How a caller names us is not.
    private static readonly HashSet<string> HarmlessOfCalls = new(StringComparer.Ordinal) { "server.address", "server.port" };

    /// <inheritdoc />
    public override void OnStart(Activity data) => data.TraceStateString = null;

    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        foreach (var (name, _) in data.TagObjects.ToArray())
        {
            if (!Harmless.Contains(name) && !(data.Kind is ActivityKind.Client && HarmlessOfCalls.Contains(name)))
                data.SetTag(name, null);
        }

        // A span without a state of its own has that of its parent, which may be none of those that come here.
        data.TraceStateString = "";
    }
}
