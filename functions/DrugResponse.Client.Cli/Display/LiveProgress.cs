using System.Globalization;
using Spectre.Console;

namespace DrugResponse.Client.Cli.Display;

/// <summary>Shows progress as bars that move, for a person at a terminal. Thread-safe.</summary>
internal sealed class LiveProgress : IProgressDisplay
{
    private readonly IAnsiConsole _console;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, ProgressTask> _steps = [];
    private readonly Lock _lock = new();
    private readonly Task _running;
    private ProgressContext? _context;

    /// <summary>Begins to show.</summary>
    /// <param name="console">The terminal.</param>
    public LiveProgress(IAnsiConsole console)
    {
        _console = console;
        _running = console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                _context = context;
                return _end.Task;
            });
    }

    /// <inheritdoc />
    public void Show(string step, long done, long? total, string unit, string? remark = null)
    {
        lock (_lock)
        {
            if (_context is not { } context)
                return;
            if (!_steps.TryGetValue(step, out var task))
                _steps.Add(step, task = context.AddTask(Markup.Escape(step)));
            task.Description = Markup.Escape(remark is null ? step : string.Create(CultureInfo.InvariantCulture, $"{step} ({remark})"));
            task.IsIndeterminate = total is null;
            task.MaxValue = Math.Max(total ?? 1, 1);
            task.Value = done;
        }
    }

    /// <inheritdoc />
    public void Say(string text) => _console.MarkupLineInterpolated($"{text}");

    /// <inheritdoc />
    public Stream Watch(Stream stream, string step)
    {
        var length = stream.Length;
        return new WatchedStream(stream, read => Show(step, read, length, "bytes"));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        await _running;
    }
}
