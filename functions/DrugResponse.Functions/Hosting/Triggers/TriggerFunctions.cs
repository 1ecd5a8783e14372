using System.Diagnostics;
using System.Text.Json;
using DrugResponse.Functions.Telemetry;

namespace DrugResponse.Functions.Hosting.Triggers;

/// <summary>
/// Maps queue and timer functions to <c>POST /{FunctionName}</c>, where the Functions host, or standalone the local
/// trigger listener, invokes them. On the public port these paths do not exist.
/// </summary>
internal static partial class TriggerFunctions
{
    /// <summary>The header with the id of an invocation.</summary>
    public const string InvocationIdHeader = "X-Azure-Functions-InvocationId";

    /// <summary>Maps a queue function.</summary>
    /// <typeparam name="TService">The service that handles the messages; resolved for each invocation.</typeparam>
    /// <param name="app">The application.</param>
    /// <param name="functionName">The name of its function.json's folder.</param>
    /// <param name="queueName">The queue that its function.json names, for its spans.</param>
    /// <param name="handle">
    /// Handles one message. An exception counts as a failure. The token is cancelled when the caller gives up on the
    /// invocation.
    /// </param>
    /// <returns>The endpoint, for further metadata.</returns>
    public static IEndpointConventionBuilder MapQueueFunction<TService>(
        this IEndpointRouteBuilder app,
        string functionName,
        string queueName,
        Func<TService, QueueTriggerMessage, CancellationToken, Task<TriggerOutcome>> handle)
        where TService : notnull =>
        Map(app, functionName, TriggerKind.Queue, queueName, async (context, payload, invocationId) =>
        {
            var message = payload.ToQueueMessage(invocationId);
            var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
            using var span = QueueTrace.Begin(functionName, queueName, message, now);
            var outcome = await handle(context.RequestServices.GetRequiredService<TService>(), message, context.RequestAborted);
            if (outcome.Failure is not null)
                span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", "failed");
            return outcome;
        });

    /// <summary>Maps a timer function.</summary>
    /// <typeparam name="TService">The service that does the work; resolved for each invocation.</typeparam>
    /// <param name="app">The application.</param>
    /// <param name="functionName">The name of its function.json's folder.</param>
    /// <param name="handle">Does the work of one tick. An exception counts as a failure; a failed tick is not repeated.</param>
    /// <returns>The endpoint, for further metadata.</returns>
    public static IEndpointConventionBuilder MapTimerFunction<TService>(
        this IEndpointRouteBuilder app,
        string functionName,
        Func<TService, TimerTick, CancellationToken, Task<TriggerOutcome>> handle)
        where TService : notnull =>
        Map(app, functionName, TriggerKind.Timer, queueName: null, (context, payload, invocationId) => handle(
            context.RequestServices.GetRequiredService<TService>(), payload.ToTimerTick(invocationId), context.RequestAborted));

    // All methods are mapped, not POST alone: routing would answer 405 to the others, and so betray on the public port
    // that the path exists.
    private static IEndpointConventionBuilder Map(
        IEndpointRouteBuilder app,
        string functionName,
        TriggerKind kind,
        string? queueName,
        Func<HttpContext, TriggerPayload, string?, Task<TriggerOutcome>> invoke) =>
        app.Map($"/{functionName}", context => AnswerAsync(context, functionName, invoke))
            .WithMetadata(new FunctionMetadata(functionName), new TriggerFunctionMetadata(kind, queueName))
            .AllowAnonymous()
            .WithDisplayName($"{kind} function {functionName}")
            .ExcludeFromDescription();

    private static async Task AnswerAsync(
        HttpContext context, string functionName, Func<HttpContext, TriggerPayload, string?, Task<TriggerOutcome>> invoke)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await TriggerAnswer.WriteAsync(context.Response, StatusCodes.Status405MethodNotAllowed, "Functions are invoked by POST.");
            return;
        }

        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger($"Function.{functionName}");
        var invocationId = InvocationId(context.Request);
        var (status, line) = await InvokeAsync(context, invoke, invocationId, log);
        await TriggerAnswer.WriteAsync(context.Response, status, line);
    }

    // The host appends its id to one that the caller sent, and may join the two with a comma: the last one is the host's.
    private static string? InvocationId(HttpRequest request) =>
        request.Headers[InvocationIdHeader] is [.., { } last] ? last[(last.LastIndexOf(',') + 1)..].Trim() : null;

    private static async Task<(int Status, string? Log)> InvokeAsync(
        HttpContext context,
        Func<HttpContext, TriggerPayload, string?, Task<TriggerOutcome>> invoke,
        string? invocationId,
        ILogger log)
    {
        try
        {
            using var payload = await ReadPayloadAsync(context);
            if (payload is null)
            {
                LogUnreadable(log, invocationId);
                return (StatusCodes.Status400BadRequest, "The invocation is not readable.");
            }

            var outcome = await invoke(context, payload, invocationId);
            if (outcome.Failure is not { } failure)
                return (StatusCodes.Status200OK, null);

            LogFailed(log, invocationId, failure);
            return (StatusCodes.Status500InternalServerError, failure);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            LogAbandoned(log, invocationId);
            return (StatusCodes.Status503ServiceUnavailable, "The invocation was cancelled.");
        }
        catch (Exception failure)
        {
            // The stack says where; the message is left out, since it may quote what it failed on.
            LogBroken(log, invocationId, failure.GetType().Name, failure.StackTrace);
            return (StatusCodes.Status500InternalServerError, $"The function failed with {failure.GetType().Name}.");
        }
    }

    private static async Task<TriggerPayload?> ReadPayloadAsync(HttpContext context)
    {
        try
        {
            return await TriggerPayload.ReadAsync(context.Request.Body, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Invocation {InvocationId} failed: {Reason}")]
    private static partial void LogFailed(ILogger log, string? invocationId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Invocation {InvocationId} is not readable.")]
    private static partial void LogUnreadable(ILogger log, string? invocationId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Invocation {InvocationId} was given up by its caller.")]
    private static partial void LogAbandoned(ILogger log, string? invocationId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Invocation {InvocationId} failed with {Fault}. {Stack}")]
    private static partial void LogBroken(ILogger log, string? invocationId, string fault, string? stack);
}

/// <summary>What fires a trigger function.</summary>
internal enum TriggerKind
{
    /// <summary>A message in a storage queue.</summary>
    Queue,

    /// <summary>A schedule.</summary>
    Timer,
}

/// <summary>Marks an endpoint as a trigger function.</summary>
/// <param name="Kind">What fires it.</param>
/// <param name="QueueName">The queue that it takes messages from; null for a timer.</param>
internal sealed record TriggerFunctionMetadata(TriggerKind Kind, string? QueueName);
