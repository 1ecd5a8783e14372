using DrugResponse.Contracts;
using DrugResponse.Contracts.Health;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Genotypes;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.Limits;
using DrugResponse.Functions.OpenApi;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrugResponse.Functions.Health;

/// <summary>Tells an operator, or a load balancer, whether this process lives and whether it can do its work.</summary>
internal static class HealthEndpoints
{
    // Models and storage are there within seconds, or not for long.
    private const string RetryAfterSeconds = "5";

    /// <summary>Adds the checks behind <c>health/ready</c>. Other capabilities add theirs with <c>AddHealthChecks().AddCheck</c>.</summary>
    /// <param name="services">The services.</param>
    public static void AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<KnowledgeHealthCheck>("knowledge").AddCheck<TriggersHealthCheck>("queues");
        services.AddSingleton<SharedHealthReport>();
    }

    /// <summary>
    /// Maps <c>GET health/live</c> and <c>GET health/ready</c>. Neither needs a key, and neither is ever refused for want of a share:
    /// whoever restarts processes that do not answer must not be made to by a flood.
    /// </summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapHealth(this IEndpointRouteBuilder api)
    {
        api.MapGet("health/live", static () => TypedResults.Json(new LiveAnswer("alive"), ContractsJsonContext.Wire.LiveAnswer))
            .WithFunction("LiveHealth")
            .ForEverybody()
            .NeverLimited()
            .Describe("Health", "Says that the process lives", "Touches nothing else. Needs no key.")
            .Answers<LiveAnswer>(StatusCodes.Status200OK, "It lives.");
        api.MapGet("health/ready", AnswerReadyAsync)
            .WithFunction("ReadyHealth")
            .ForEverybody()
            .NeverLimited()
            .Describe(
                "Health",
                "Says whether the process can do its work",
                "Storage, models, knowledge and the listening to queues. Needs no key; callers with one of any role are told the reasons too, "
                + "with the models and the knowledge version in use. In Development everybody is.")
            .Answers<ReadyAnswer>(
                StatusCodes.Status200OK,
                "It can answer requests; `degraded` where something needs attention, such as queues that it cannot listen to.")
            .Answers<ReadyAnswer>(
                StatusCodes.Status503ServiceUnavailable, "It cannot (yet); the reasons say why.", AnswerHeaders.RetryAfter);
    }

    private static async Task<IResult> AnswerReadyAsync(SharedHealthReport checks, IHostEnvironment environment, HttpContext context)
    {
        var report = await checks.MakeAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        if (report.Status is HealthStatus.Unhealthy)
            context.Response.Headers.RetryAfter = RetryAfterSeconds;

        var tellsReasons = environment.IsDevelopment() || Caller.Of(context) is { Roles.Count: > 0 };
        var answer = Describe(report, tellsReasons);
        return TypedResults.Json(
            tellsReasons ? ReadyVersions.AddTo(answer, report) : answer,
            ContractsJsonContext.Wire.ReadyAnswer,
            statusCode: report.Status is HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static ReadyAnswer Describe(HealthReport report, bool tellsReasons) => new(
        Word(report.Status),
        new SortedDictionary<string, CheckAnswer>(
            report.Entries.ToDictionary(
                static entry => entry.Key,
                entry => new CheckAnswer(Word(entry.Value.Status), tellsReasons ? entry.Value.Description : null)),
            StringComparer.Ordinal));

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ready",
        HealthStatus.Degraded => "degraded",
        _ => "not-ready",
    };
}
