using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Storage.Audit;

namespace DrugResponse.Functions.Audit;

/// <summary>Registers and maps the capability: what is done is written down, listed, verified and anchored.</summary>
internal static class AuditRegistration
{
    /// <summary>Adds the services.</summary>
    /// <param name="services">The services.</param>
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditSeal>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AuditAnchorStore>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<AuditWriter>();
        services.AddSingleton<AuditTrail>();
        services.AddHostedService(static provider => provider.GetRequiredService<AuditTrail>());
        services.AddSingleton<AuditReader>();
        services.AddSingleton<AnchorAudit>();
    }

    /// <summary>Audits what comes after it.</summary>
    /// <param name="app">The application, once it knows its callers.</param>
    public static void UseAudit(this IApplicationBuilder app) => app.UseMiddleware<AuditMiddleware>();

    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapGet("v1/audit", ListAudit.HandleAsync).WithFunction("ListAudit").ForRoles(CallerRoles.Admin);
        api.MapGet("v1/audit/verify", VerifyAudit.HandleAsync).WithFunction("VerifyAudit").ForRoles(CallerRoles.Admin);
    }

    /// <summary>Maps the timer function.</summary>
    /// <param name="app">The application.</param>
    public static void MapAuditTriggers(this IEndpointRouteBuilder app) =>
        app.MapTimerFunction<AnchorAudit>(AnchorAudit.FunctionName, static (function, _, cancellationToken) => function.HandleAsync(cancellationToken));

    /// <summary>Lets an endpoint begin only once it is written down that it was asked to.</summary>
    /// <typeparam name="TBuilder">The endpoint's builder.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AuditFirst<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(AuditedFirst.Instance);
}
