using System.Text;

namespace DrugResponse.Storage.Development;

/// <summary>Follows what Azurite prints until every service listens. Thread-safe: lines come from two streams.</summary>
internal sealed class AzuriteStartup(int services)
{
    private readonly TaskCompletionSource _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _output = new();
    private readonly Lock _lock = new();
    private int _listening;

    /// <summary>Completes when every service has said that it listens.</summary>
    public Task Serving => _serving.Task;

    /// <summary>What was printed before that.</summary>
    public string Output
    {
        get
        {
            lock (_lock)
                return _output.ToString();
        }
    }

    /// <summary>Takes a printed line; <see langword="null"/> marks the end of a stream.</summary>
    public void Read(string? line)
    {
        if (line is null || _serving.Task.IsCompleted)
            return;

        lock (_lock)
        {
            _output.AppendLine(line);
            if (line.Contains("successfully listening", StringComparison.Ordinal) && ++_listening == services)
                _serving.TrySetResult();
        }
    }
}
