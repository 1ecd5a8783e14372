using System.Globalization;
using System.Net;

namespace DrugResponse.Client.Cli.Service;

/// <summary>
/// Repeats what fails in passing, ever more rarely, until it succeeds or nothing has succeeded for so long that it is given up. Not
/// thread-safe.
/// </summary>
/// <param name="patience">How long to go on without any success.</param>
/// <param name="clock">The clock.</param>
/// <param name="tell">Is told why something is repeated.</param>
internal sealed class Endurance(TimeSpan patience, TimeProvider clock, Action<string> tell)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private TimeSpan _pause = FirstPause;
    private long? _failingSince;

    /// <summary>Something succeeded: patience begins anew.</summary>
    public void Succeed()
    {
        _pause = FirstPause;
        _failingSince = null;
    }

    /// <summary>Waits before another attempt.</summary>
    /// <param name="fault">What failed.</param>
    /// <param name="asked">How long the service asked to wait, or null.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ServiceUnreachableException">Patience is at its end.</exception>
    public async Task PauseAsync(string fault, TimeSpan? asked, CancellationToken cancellationToken)
    {
        _failingSince ??= clock.GetTimestamp();
        if (clock.GetElapsedTime(_failingSince.Value) >= patience)
            throw new ServiceUnreachableException(string.Create(CultureInfo.InvariantCulture, $"{fault} It has been so for {patience}."));

        tell($"{fault} Trying again.");
        await Task.Delay(asked is { } wait && wait < LongestPause ? wait : _pause, clock, cancellationToken);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
    }

    /// <summary>Whether the same request may succeed later.</summary>
    public static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        and not HttpStatusCode.NotImplemented;

    /// <summary>Whether a failure lies in the connection.</summary>
    public static bool IsPassing(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
