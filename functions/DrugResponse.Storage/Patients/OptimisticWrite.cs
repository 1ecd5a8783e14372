using Azure;

namespace DrugResponse.Storage.Patients;

/// <summary>
/// Writes that depend on what was read before: they carry the ETags that were read, and are refused when somebody was faster.
/// </summary>
internal static class OptimisticWrite
{
    // Of writers that meet one succeeds each time, so this many can meet.
    private const int MostAttempts = 10;

    /// <summary>Reads and writes, and does so again for as long as somebody else changes the same rows in between.</summary>
    /// <param name="attempt">Reads the rows and writes them in one transaction.</param>
    /// <exception cref="RequestFailedException">Others were faster too often, or the attempt failed otherwise.</exception>
    public static async Task<T> RepeatAsync<T>(Func<Task<T>> attempt)
    {
        for (var left = MostAttempts - 1; ; left--)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (RequestFailedException failure) when (left > 0 && failure.Status is (404 or 409 or 412))
            {
                // Changed, added or removed meanwhile, or it is our own write and only the answer was lost: reading again tells.
            }
        }
    }
}
