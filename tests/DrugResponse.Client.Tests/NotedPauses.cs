namespace DrugResponse.Client.Tests;

/// <summary>A clock that notes for how long somebody means to wait, and lets them go on at once. Not thread-safe.</summary>
internal sealed class NotedPauses : TimeProvider
{
    private readonly List<TimeSpan> _pauses = [];

    /// <summary>The pauses, in order.</summary>
    public IReadOnlyList<TimeSpan> Pauses => _pauses;

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _pauses.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
