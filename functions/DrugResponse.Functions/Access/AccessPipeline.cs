using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Limits;

namespace DrugResponse.Functions.Access;

/// <summary>The steps by which a request gets its caller, or is turned away.</summary>
internal static class AccessPipeline
{
    /// <summary>Adds them. What answers behind them knows who calls.</summary>
    /// <param name="app">The application.</param>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseLimits();
        app.Use(TurnAwayFromUnnamed);
        app.UseAuthorization();
    }

    // An endpoint whose maker forgot to say whom it is for must not stand open.
    private static Task TurnAwayFromUnnamed(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint() is { } endpoint
        && endpoint.Metadata.GetMetadata<FunctionMetadata>() is not null
        && !EndpointRoles.AreNamedBy(endpoint)
            ? context.RequestServices.GetRequiredService<AccessProblems>().RefuseAsync(context)
            : next(context);
}
