using System.Globalization;
using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Problems;

namespace DrugResponse.Functions.Problems;

/// <summary>A problem as an HTTP answer: <c>application/problem+json</c> with the request's trace id.</summary>
/// <param name="Problem">What is wrong.</param>
internal sealed record ProblemResponse(Problem Problem) : IResult
{
    private const string MediaType = "application/problem+json";

    /// <summary>When to try again, for problems that pass.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var problem = Problem with { TraceId = httpContext.TraceIdentifier };
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ContractsJsonContext.Wire.Problem);
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        response.ContentType = MediaType;
        response.ContentLength = body.Length;
        if (RetryAfter is { } retryAfter)
            response.Headers.RetryAfter = ((int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
