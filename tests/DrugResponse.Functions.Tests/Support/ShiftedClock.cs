namespace DrugResponse.Functions.Tests.Support;

/// <summary>
/// A clock that starts at a chosen instant, goes on at the usual pace and can be put forward. Timers are those of the system: putting
/// the clock forward fires none of them.
/// </summary>
internal sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
{
    private readonly long _began = System.GetTimestamp();
    private long _addedTicks;

    public override DateTimeOffset GetUtcNow() =>
        start + System.GetElapsedTime(_began) + TimeSpan.FromTicks(Interlocked.Read(ref _addedTicks));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _addedTicks, time.Ticks);
}
