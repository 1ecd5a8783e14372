using DrugResponse.Functions.Hosting;

namespace DrugResponse.Functions.Access;

/// <summary>The steps by which a request gets its caller, or is turned away.</summary>
internal static class AccessPipeline
{
    /// <summary>Finds out who calls, if anybody that is known. What comes behind it can ask.</summary>
    /// <param name="app">The application.</param>
    public static void UseCallers(this IApplicationBuilder app) => app.UseAuthentication();

    /// <summary>Turns away whom an endpoint is not for.</summary>
    /// <param name="app">The application.</param>
    public static void UseRoles(this IApplicationBuilder app)
    {
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
