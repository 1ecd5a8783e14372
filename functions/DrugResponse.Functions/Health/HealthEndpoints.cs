using DrugResponse.Contracts;
using DrugResponse.Contracts.Health;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Genotypes;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.OpenApi;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrugResponse.Functions.Health;

/// <summary>Tells an operator, or a load balancer, whether this process lives and whether it can do its work.</summary>
internal static class HealthEndpoints
{
    /// <summary>Adds the checks behind <c>health/ready</c>. Other capabilities add theirs with <c>AddHealthChecks().AddCheck</c>.</summary>
    /// <param name="services">The services.</param>
    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks().AddCheck<KnowledgeHealthCheck>("knowledge").AddCheck<TriggersHealthCheck>("queues");

    /// <summary>Maps <c>GET health/live</c> and <c>GET health/ready</c>. Neither needs a key.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapHealth(this IEndpointRouteBuilder api)
    {
        api.MapGet("health/live", static () => TypedResults.Json(new LiveAnswer("alive"), ContractsJsonContext.Wire.LiveAnswer))
            .WithFunction("LiveHealth")
            .ForEverybody()
            .Describe("Health", "Says that the process lives", "Touches nothing else. Needs no key.")
            .Answers<LiveAnswer>(StatusCodes.Status200OK, "It lives.");
        api.MapGet("health/ready", AnswerReadyAsync)
            .WithFunction("ReadyHealth")
            .ForEverybody()
            .Describe("Health", "Says whether the process can do its work", "Storage, models, knowledge and the listening to queues, each with a reason. Needs no key.")
            .Answers<ReadyAnswer>(
                StatusCodes.Status200OK,
                "It can answer requests; `degraded` where something needs attention, such as queues that it cannot listen to.")
            .Answers<ReadyAnswer>(
                StatusCodes.Status503ServiceUnavailable, "It cannot (yet); the reasons say why.", AnswerHeaders.RetryAfter);
    }

    // Models and storage are there within seconds, or not for long.
    private const string RetryAfterSeconds = "5";

    private static async Task<IResult> AnswerReadyAsync(HealthCheckService checks, HttpContext context)
    {
        var report = await checks.CheckHealthAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        if (report.Status is HealthStatus.Unhealthy)
            context.Response.Headers.RetryAfter = RetryAfterSeconds;

        return TypedResults.Json(
            ReadyVersions.AddTo(Describe(report), report),
            ContractsJsonContext.Wire.ReadyAnswer,
            statusCode: report.Status is HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static ReadyAnswer Describe(HealthReport report) => new(
        Word(report.Status),
        new SortedDictionary<string, CheckAnswer>(
            report.Entries.ToDictionary(static entry => entry.Key, static entry => new CheckAnswer(Word(entry.Value.Status), entry.Value.Description)),
            StringComparer.Ordinal));

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ready",
        HealthStatus.Degraded => "degraded",
        _ => "not-ready",
    };
}
