namespace DrugResponse.Storage.Development;

/// <summary>Follows what Azurite prints: when every service listens, what it warns of, and its last words. Thread-safe: lines come from two
/// streams.</summary>
/// <param name="services">How many services there are.</param>
/// <param name="progress">Is told warnings.</param>
internal sealed class AzuriteOutput(int services, Action<string>? progress)
{
    private const int MostLines = 40;
    private const string Warning = "Warning: ";

    private readonly TaskCompletionSource _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lines = new();
    private readonly Lock _lock = new();
    private int _listening;

    /// <summary>Completes when every service has said that it listens.</summary>
    public Task Serving => _serving.Task;

    /// <summary>What was printed last.</summary>
    public string LastLines
    {
        get
        {
            lock (_lock)
                return string.Join(Environment.NewLine, _lines);
        }
    }

    /// <summary>Takes a printed line; <see langword="null"/> marks the end of a stream.</summary>
    public void Read(string? line)
    {
        if (line is null)
            return;

        lock (_lock)
        {
            if (_lines.Count == MostLines)
                _lines.Dequeue();
            _lines.Enqueue(line);
            if (line.Contains("successfully listening", StringComparison.Ordinal) && ++_listening == services)
                _serving.TrySetResult();
        }

        if (line.StartsWith(Warning, StringComparison.Ordinal))
            progress?.Invoke(line[Warning.Length..]);
    }
}
