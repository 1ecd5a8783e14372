using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrugResponse.Functions.Health;

/// <summary>Tells an operator, or a load balancer, whether this process lives and whether it can do its work.</summary>
internal static class HealthEndpoints
{
    /// <summary>Adds the checks behind <c>health/ready</c>. Other capabilities add theirs with <c>AddHealthChecks().AddCheck</c>.</summary>
    /// <param name="services">The services.</param>
    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks();

    /// <summary>Maps <c>GET health/live</c> and <c>GET health/ready</c>. Neither needs a key.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapHealth(this IEndpointRouteBuilder api)
    {
        api.MapGet("health/live", static () => TypedResults.Json(new LiveAnswer("alive"), HealthJson.Default.LiveAnswer))
            .WithFunction("LiveHealth")
            .ForEverybody();
        api.MapGet("health/ready", AnswerReadyAsync).WithFunction("ReadyHealth").ForEverybody();
    }

    private static async Task<IResult> AnswerReadyAsync(HealthCheckService checks, HttpContext context)
    {
        var report = await checks.CheckHealthAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";

        return TypedResults.Json(
            ReadyAnswer.Of(report),
            HealthJson.Default.ReadyAnswer,
            statusCode: report.Status is HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
