using System.Net;
using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Client;

/// <summary>Waits for predictions that are made from the queue.</summary>
public static class PredictionWaiting
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(5);

    /// <summary>Looks for a prediction until it is there, ever more rarely (every 0.25 to 5 s).</summary>
    /// <param name="api">The client.</param>
    /// <param name="predictionId">The id that <see cref="IDrugResponseApi.QueuePredictionAsync"/> gave.</param>
    /// <param name="patience">How long to look at most; 5 minutes when null.</param>
    /// <param name="time">The clock; that of the system when null.</param>
    /// <param name="cancellationToken">Ends the waiting; the patient is scored all the same.</param>
    /// <exception cref="TimeoutException">
    /// It is not there yet: the queue is long, or the request was refused since, as when the patient has objected meanwhile.
    /// </exception>
    /// <exception cref="DrugResponseApiException">The service refuses, or failed beyond the client's repetitions.</exception>
    public static async Task<PredictionResponse> WaitForPredictionAsync(
        this IDrugResponseApi api,
        string predictionId,
        TimeSpan? patience = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(api);
        time ??= TimeProvider.System;
        var start = time.GetTimestamp();
        for (var pause = ShortestPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            try
            {
                return await api.GetPredictionAsync(predictionId, cancellationToken).ConfigureAwait(false);
            }
            catch (DrugResponseApiException absent) when (absent is { StatusCode: HttpStatusCode.NotFound, Problem: not null })
            {
                if (time.GetElapsedTime(start) >= (patience ?? UsualPatience))
                    throw new TimeoutException("The prediction is not there yet.", absent);
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
