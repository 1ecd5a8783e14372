using Azure;

namespace DrugResponse.Storage.Patients;

/// <summary>
/// Lets those who change the same rows through one store do so one after the other, so that only others, of other processes, can be faster
/// (<see cref="OptimisticWrite"/>). Thread-safe.
/// </summary>
internal sealed class WriteTurns
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // Whose names share a turn wait for each other without need, and come to no harm.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 256).Select(static _ => new SemaphoreSlim(1))];

    /// <summary>Reads and writes, and does so again for as long as somebody else changes the same rows in between.</summary>
    /// <param name="name">What all who change the same rows have in common.</param>
    /// <param name="attempt">Reads the rows and writes them in one transaction.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ContentionException">Others were faster all the time, or too many were waiting.</exception>
    /// <exception cref="RequestFailedException">The attempt failed otherwise.</exception>
    public async Task<T> RepeatAsync<T>(string name, Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)StringComparer.Ordinal.GetHashCode(name) % (uint)_turns.Length];
        if (!await turn.WaitAsync(LongestWait, cancellationToken).ConfigureAwait(false))
            throw new ContentionException();
        try
        {
            return await OptimisticWrite.RepeatAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }
}
