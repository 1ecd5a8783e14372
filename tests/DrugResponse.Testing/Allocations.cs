namespace DrugResponse.Testing;

/// <summary>Measures what an action allocates. Thread-safe.</summary>
public static class Allocations
{
    // A collection that other tests cause takes away what is left of the thread's allocation buffer, which then counts as allocated, and empties
    // shared pools, which are filled again once. Neither happens every time; what the action itself allocates does.
    private const int Attempts = 100;

    /// <summary>Bytes that the action allocates on the calling thread whenever it is done.</summary>
    /// <param name="action">What is measured; done up to a hundred times, until it allocates nothing.</param>
    /// <returns>The least of all attempts.</returns>
    public static long Of(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
