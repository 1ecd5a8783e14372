using System.Net;
using DrugResponse.Contracts.Problems;

namespace DrugResponse.Client;

/// <summary>
/// The service refused a request, could not carry it out, or answered what cannot be understood (then the status may be a success). It
/// holds what the service said, which is never patient data.
/// </summary>
public sealed class DrugResponseApiException : Exception
{
    /// <summary>Wraps an answer that is no success.</summary>
    /// <param name="statusCode">HTTP status.</param>
    /// <param name="problem">What the service said; null when it (or something before it) answered in another form.</param>
    /// <param name="retryAfter">After which time the service asks to be tried again; null when it does not say.</param>
    public DrugResponseApiException(HttpStatusCode statusCode, Problem? problem, TimeSpan? retryAfter)
        : base(Describe(statusCode, problem))
    {
        StatusCode = statusCode;
        Problem = problem;
        RetryAfter = retryAfter;
    }

    /// <summary>Wraps an answer that cannot be understood, as when a login page takes the service's place.</summary>
    /// <param name="statusCode">HTTP status.</param>
    /// <param name="mediaType">What the answer says to be, or null.</param>
    /// <param name="cause">Why it cannot be understood, or null.</param>
    internal DrugResponseApiException(HttpStatusCode statusCode, string? mediaType, Exception? cause)
        : base(
            $"The service answered {(int)statusCode} {statusCode}, but not in the form expected ({mediaType ?? "no content type"}).",
            cause) => StatusCode = statusCode;

    /// <summary>HTTP status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>
    /// What the service said: <see cref="Contracts.Problems.Problem.Type"/> is one of <see cref="ProblemTypes"/>, and
    /// <see cref="Contracts.Problems.Problem.Errors"/> lists the faults of a body by JSON pointer. Null when something before the service
    /// answered.
    /// </summary>
    public Problem? Problem { get; }

    /// <summary>After which time to try again; null when the service does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    private static string Describe(HttpStatusCode statusCode, Problem? problem)
    {
        if (problem is null && (int)statusCode is >= 300 and < 400)
            return $"The service answered {(int)statusCode} {statusCode}: it redirects to another address, which is not followed.";
        if (problem is null)
            return $"The service answered {(int)statusCode} {statusCode}.";
        var faults = string.Concat((problem.Errors ?? new Dictionary<string, IReadOnlyList<string>>()).Select(
            static error => $" {(error.Key.Length == 0 ? "(whole body)" : error.Key)}: {string.Join(' ', error.Value)}"));
        return $"{problem.Title} {problem.Detail}{faults} ({(int)statusCode}, {problem.Type})".Replace("  ", " ", StringComparison.Ordinal);
    }
}
