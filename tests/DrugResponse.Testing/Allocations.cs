namespace DrugResponse.Testing;

/// <summary>Measures what an action allocates. Thread-safe.</summary>
public static class Allocations
{
    // Other tests of the process make the collector run at any moment; under load it takes a few attempts to find a quiet one.
    private const int Attempts = 1_000;

    /// <summary>Bytes that the action allocates on the calling thread.</summary>
    /// <param name="action">What is measured; it is done at least once, and again whenever a collection falls into it.</param>
    /// <exception cref="InvalidOperationException">A collection fell into every attempt.</exception>
    public static long Of(Action action)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var collections = GC.CollectionCount(0);
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            // A collection takes away what is left of the thread's allocation buffer, and the rest then counts as allocated.
            if (allocated == 0 || GC.CollectionCount(0) == collections)
                return allocated;
        }

        throw new InvalidOperationException("A collection fell into every attempt to measure.");
    }
}
