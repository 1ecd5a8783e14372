using System.Net;
using DrugResponse.Contracts.Problems;

namespace DrugResponse.Client;

/// <summary>
/// The service refused a request, or could not carry it out. It holds what the service said, which is never patient data.
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
        if (problem is null)
            return $"The service answered {(int)statusCode} {statusCode}.";
        var faults = string.Concat((problem.Errors ?? new Dictionary<string, IReadOnlyList<string>>()).Select(
            static error => $" {(error.Key.Length == 0 ? "(whole body)" : error.Key)}: {string.Join(' ', error.Value)}"));
        return $"{problem.Title} {problem.Detail}{faults} ({(int)statusCode}, {problem.Type})".Replace("  ", " ", StringComparison.Ordinal);
    }
}
