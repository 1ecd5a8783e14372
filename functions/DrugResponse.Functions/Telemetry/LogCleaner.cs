using OpenTelemetry;
using OpenTelemetry.Logs;

namespace DrugResponse.Functions.Telemetry;

/// <summary>Leaves of an exception that was logged only its type: messages may quote what they failed on.</summary>
internal sealed class LogCleaner : BaseProcessor<LogRecord>
{
    /// <inheritdoc />
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is { } exception)
        {
            data.Attributes = [.. data.Attributes ?? [], KeyValuePair.Create("exception.type", (object?)exception.GetType().FullName)];
            data.Exception = null;
        }

        data.TraceState = null;
    }
}
