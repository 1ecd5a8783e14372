using DrugResponse.Functions.Batches.Results;
using DrugResponse.Functions.Hosting;
using DrugResponse.Storage;
using Microsoft.AspNetCore.Http.Features;

namespace DrugResponse.Functions.Problems;

/// <summary>
/// The one place that turns what went wrong into an answer: exceptions, and the empty answers that routing gives for
/// unknown paths and methods. No message of an exception ever leaves the process this way.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone: there is nobody to answer.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await Answer(context, exception).ExecuteAsync(context);
            return;
        }

        if (!context.Response.HasStarted && ForEmptyAnswer(context.Response) is { } problem)
            await problem.ExecuteAsync(context);
    }

    private ProblemResponse Answer(HttpContext context, Exception exception)
    {
        if (exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
            return ProblemResponses.BodyTooLarge(LimitOf(context));
        if (exception is BadHttpRequestException)
            return ProblemResponses.BadRequest("The request could not be read to its end.");
        if (StorageOutage.IsOutage(exception, context.RequestAborted))
        {
            LogStorageUnavailable(logger, exception.GetType().Name);
            return ProblemResponses.StorageUnavailable();
        }

        if (exception is DamagedRowException damaged)
        {
            LogDamagedRow(logger, damaged.Line, context.Request.Path);
            return ProblemResponses.DamagedRow(damaged.Line);
        }

        if (exception is ContentionException)
        {
            LogContention(logger);
            return ProblemResponses.Contention();
        }

        // The stack says where; the message is left out, since it may quote what it failed on.
        LogFailure(logger, exception.GetType().Name, exception.StackTrace);
        return ProblemResponses.Internal();
    }

    // Routes may have a limit of their own.
    private static long LimitOf(HttpContext context) =>
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? RequestLimits.MaxBodyBytes;

    private static ProblemResponse? ForEmptyAnswer(HttpResponse response) => response switch
    {
        { ContentLength: not null } or { ContentType: not null } => null,
        { StatusCode: StatusCodes.Status404NotFound } => ProblemResponses.NotFound(),
        { StatusCode: StatusCodes.Status405MethodNotAllowed } => ProblemResponses.MethodNotAllowed(),
        _ => null,
    };

    [LoggerMessage(LogLevel.Warning, "Storage does not answer ({Fault}); the request was answered with 503.")]
    private static partial void LogStorageUnavailable(ILogger logger, string fault);

    [LoggerMessage(LogLevel.Error, "What came of the row at line {Line} is stored and cannot be read: {Path}.")]
    private static partial void LogDamagedRow(ILogger logger, long line, string path);

    [LoggerMessage(LogLevel.Warning, "Too many writers met; the request was answered with 503.")]
    private static partial void LogContention(ILogger logger);

    [LoggerMessage(LogLevel.Error, "A request failed with {Fault}. {Stack}")]
    private static partial void LogFailure(ILogger logger, string fault, string? stack);
}

/// <summary>Puts problem answers into the pipeline.</summary>
internal static class ProblemMiddlewareRegistration
{
    /// <summary>Adds the translation; what is mapped or added later is covered by it.</summary>
    /// <param name="app">The application.</param>
    public static void UseProblems(this IApplicationBuilder app) => app.UseMiddleware<ProblemMiddleware>();
}
