using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using DrugResponse.Functions.Hosting.Triggers;

namespace DrugResponse.Functions.Telemetry;

/// <summary>
/// Continues the trace of whoever sent a queue message: the app's own messages name it in their member <c>traceparent</c> (W3C). The span of
/// the Functions host's invocation, which belongs to another trace, is linked. Also measures how long messages waited. Thread-safe.
/// </summary>
internal static class QueueTrace
{
    /// <summary>Time from sending a message to its delivery, wanted delays included, in seconds, by function.</summary>
    public const string Lag = "drugresponse.queue.lag";

    // The conventions name no value for Azure's storage queues, and let others stand.
    private const string QueueSystem = "azure.storage.queue";
    private const string Operation = "process";

    private static readonly Histogram<double> LagTime = ServiceTelemetry.Meter.CreateHistogram(
        Lag,
        "s",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000] });

    /// <summary>Begins the handling of a message.</summary>
    /// <param name="function">The function that handles it.</param>
    /// <param name="queue">The queue that it came from.</param>
    /// <param name="message">The message.</param>
    /// <param name="now">The present.</param>
    /// <returns>The span, to be ended with the handling; null when nobody listens.</returns>
    public static Activity? Begin(string function, string queue, QueueTriggerMessage message, DateTimeOffset now)
    {
        if (message.InsertionTime is { } inserted && LagTime.Enabled)
            LagTime.Record(Math.Max(0, (now - inserted).TotalSeconds), new KeyValuePair<string, object?>(MetricTags.Function, function));
        if (!ServiceTelemetry.Source.HasListeners())
            return null;

        var invocation = Activity.Current;
        var isContinued = TryReadSender(message.Body.Span, out var sender);
        return ServiceTelemetry.Source.StartActivity(
            $"{Operation} {queue}",
            ActivityKind.Consumer,
            sender,
            TagsOf(function, queue, message),
            isContinued && invocation is not null ? [new ActivityLink(invocation.Context)] : null);
    }

    private static IEnumerable<KeyValuePair<string, object?>> TagsOf(string function, string queue, QueueTriggerMessage message) =>
    [
        new("messaging.system", QueueSystem),
        new("messaging.operation.name", Operation),
        new("messaging.operation.type", Operation),
        new("messaging.destination.name", queue),
        // By its form: what else stands there would be the words of a message.
        new("messaging.message.id", Guid.TryParse(message.Id, out _) ? message.Id : null),
        new("messaging.message.body.size", message.Body.Length),
        new(MetricTags.Function, function),
    ];

    private static bool TryReadSender(ReadOnlySpan<byte> body, out ActivityContext sender)
    {
        sender = default;
        try
        {
            var json = new Utf8JsonReader(body);
            if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
                return false;
            while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            {
                var isTrace = json.ValueTextEquals("traceparent"u8);
                json.Read();
                if (isTrace)
                    return json.TokenType is JsonTokenType.String && ActivityContext.TryParse(json.GetString(), null, isRemote: true, out sender);
                json.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Whoever handles the message says what is wrong with it.
        }

        return false;
    }
}
