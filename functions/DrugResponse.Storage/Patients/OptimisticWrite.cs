using System.Diagnostics;
using System.Security.Cryptography;
using Azure;

namespace DrugResponse.Storage.Patients;

/// <summary>
/// Writes that depend on what was read before: they carry the ETags that were read, and are refused when somebody was faster.
/// </summary>
internal static class OptimisticWrite
{
    private const int FirstPauseMilliseconds = 20;
    private const int LongestPauseMilliseconds = 1000;

    // Of writers that meet one succeeds each time. The others go apart by pauses of random length.
    private static readonly TimeSpan LongestStruggle = TimeSpan.FromSeconds(15);

    /// <summary>Reads and writes, and does so again for as long as somebody else changes the same rows in between.</summary>
    /// <param name="attempt">Reads the rows and writes them in one transaction.</param>
    /// <param name="cancellationToken">Ends the pauses.</param>
    /// <exception cref="ContentionException">Others were faster all the time.</exception>
    /// <exception cref="RequestFailedException">The attempt failed otherwise.</exception>
    public static async Task<T> RepeatAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        for (var pause = FirstPauseMilliseconds; ; pause = Math.Min(2 * pause, LongestPauseMilliseconds))
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (RequestFailedException failure) when (failure is { Status: 404 or 409 or 412, ErrorCode: not "TableNotFound" })
            {
                // Changed, added or removed meanwhile, or it is our own write and only the answer was lost: reading again tells.
                if (Stopwatch.GetElapsedTime(began) > LongestStruggle)
                    throw new ContentionException(failure);
            }

            await Task.Delay(RandomNumberGenerator.GetInt32(pause), cancellationToken).ConfigureAwait(false);
        }
    }
}
