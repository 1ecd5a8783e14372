using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace DrugResponse.Functions.Hosting;

/// <summary>
/// Writes log entries like the simple console, one line each, but of an exception only its type and stack: a message may quote what it
/// failed on, and what stands on the console is kept by whoever collects it. Thread-safe.
/// </summary>
internal sealed class CleanConsoleFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name by which the console's options ask for it.</summary>
    public const string FormatterName = "clean";

    /// <summary>How instants are written, in UTC.</summary>
    public const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    /// <inheritdoc />
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(clock.GetUtcNow().ToString(TimestampFormat, CultureInfo.InvariantCulture));
        textWriter.Write(Word(logEntry.LogLevel));
        textWriter.Write(string.Create(CultureInfo.InvariantCulture, $": {logEntry.Category}[{logEntry.EventId.Id}] "));
        // Without the exception, which a formatter may put into its text.
        textWriter.Write(OnOneLine(logEntry.Formatter(logEntry.State, null)));
        if (logEntry.Exception is { } exception)
            textWriter.Write($" {Describe(exception)}");
        textWriter.WriteLine();
    }

    /// <summary>Type and stack of an exception and of those inside it, on one line.</summary>
    /// <param name="exception">The exception.</param>
    public static string Describe(Exception exception)
    {
        var own = OnOneLine($"{exception.GetType()} {exception.StackTrace}").TrimEnd();
        IEnumerable<Exception> inner = exception is AggregateException several ? several.InnerExceptions
            : exception.InnerException is { } one ? [one]
            : [];
        return string.Join(" <- ", inner.Select(Describe).Prepend(own));
    }

    private static string OnOneLine(string text) => text.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ');

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
