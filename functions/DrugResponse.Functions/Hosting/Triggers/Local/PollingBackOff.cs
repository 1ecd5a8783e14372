namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>
/// The growing, randomized pauses between looks at an empty or unreachable queue, as the queue listener of the Functions
/// host makes them: 100 ms, then about 200, 300, 500, 900 ms, and so on up to a longest pause. Not thread-safe.
/// </summary>
/// <param name="longest">The longest pause.</param>
/// <param name="random">Spreads the pauses of several listeners.</param>
internal sealed class PollingBackOff(TimeSpan longest, Random random)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private int _looks;

    /// <summary>The pause before the next look.</summary>
    /// <returns>100 ms after a reset, then 100 ms + (0.8 to 1.2) x 2^(n-1) x 100 ms, at most the longest pause.</returns>
    public TimeSpan Next()
    {
        var pause = _looks == 0
            ? Shortest
            : Shortest + Shortest * (Math.Pow(2, _looks - 1) * (0.8 + 0.4 * random.NextDouble()));
        if (pause >= longest)
            return longest;

        _looks++;
        return pause;
    }

    /// <summary>Starts again with the shortest pause: a look found something.</summary>
    public void Reset() => _looks = 0;
}
