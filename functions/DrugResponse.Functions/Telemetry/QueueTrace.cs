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
    /// <summary>Time from sending a message to its delivery, wanted delays included, in seconds, by <c>function</c>.</summary>
    public const string Lag = "drugresponse.queue.lag";

    private static readonly Histogram<double> LagTime = ServiceTelemetry.Meter.CreateHistogram(
        Lag,
        "s",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000] });

    /// <summary>Begins the handling of a message.</summary>
    /// <param name="function">The function that handles it.</param>
    /// <param name="message">The message.</param>
    /// <param name="now">The present.</param>
    /// <returns>The span, to be ended with the handling; null when nobody listens.</returns>
    public static Activity? Begin(string function, QueueTriggerMessage message, DateTimeOffset now)
    {
        if (message.InsertionTime is { } inserted && LagTime.Enabled)
            LagTime.Record(Math.Max(0, (now - inserted).TotalSeconds), new KeyValuePair<string, object?>("function", function));
        if (!ServiceTelemetry.Source.HasListeners())
            return null;

        var invocation = Activity.Current;
        return TryReadSender(message.Body.Span, out var sender)
            ? ServiceTelemetry.Source.StartActivity(
                $"{function} process", ActivityKind.Consumer, sender, links: invocation is null ? null : [new ActivityLink(invocation.Context)])
            : ServiceTelemetry.Source.StartActivity($"{function} process", ActivityKind.Consumer);
    }

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
