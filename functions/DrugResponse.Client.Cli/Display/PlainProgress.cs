using System.Globalization;

namespace DrugResponse.Client.Cli.Display;

/// <summary>Shows progress as lines, for logs and pipes: when a step begins or ends, and every few seconds between. Thread-safe.</summary>
/// <param name="output">Where lines go.</param>
/// <param name="clock">The clock.</param>
internal sealed class PlainProgress(TextWriter output, TimeProvider clock) : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private string _step = "";
    private string _said = "";
    private long _shownAt;
    private bool _isComplete;

    /// <inheritdoc />
    public void Show(string step, long done, long? total, string unit, string? remark = null)
    {
        lock (_lock)
        {
            var isComplete = done == total;
            if (step == _step && (_isComplete || (!isComplete && clock.GetElapsedTime(_shownAt) < Interval)))
                return;
            (_step, _shownAt, _isComplete) = (step, clock.GetTimestamp(), isComplete);
            var of = total is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all}") : "";
            var more = remark is null ? "" : $" ({remark})";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step}: {done}{of} {unit}{more}"));
        }
    }

    /// <inheritdoc />
    public void Say(string text)
    {
        lock (_lock)
        {
            if (text != _said)
                output.WriteLine(text);
            _said = text;
        }
    }

    /// <inheritdoc />
    public Stream Watch(Stream stream, string step)
    {
        Show(step, 0, stream.Length, "bytes");
        var length = stream.Length;
        return new WatchedStream(stream, read => Show(step, read, length, "bytes"));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
