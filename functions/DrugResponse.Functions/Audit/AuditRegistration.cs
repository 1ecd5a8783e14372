using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Audit;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.OpenApi;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Audit;
using Microsoft.OpenApi;

namespace DrugResponse.Functions.Audit;

/// <summary>Registers and maps the capability: what is done is written down, listed, verified and anchored.</summary>
internal static class AuditRegistration
{
    private const string Tag = "Audit";

    private static readonly TextForm Position = new() { Pattern = $@"^[0-9a-f]{{{AuditChainId.WriterLength}}}\.[0-9]{{1,19}}$" };

    /// <summary>Adds the services.</summary>
    /// <param name="services">The services.</param>
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditSeal>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AuditHeads>();
        services.AddSingleton<AuditAnchorStore>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<AuditWriter>();
        services.AddSingleton<CommandAudit>();
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
        api.MapGet("v1/audit", ListAudit.HandleAsync)
            .WithFunction("ListAudit")
            .ForRoles(CallerRoles.Admin)
            .Describe(
                Tag,
                "Lists what was done",
                $"The entries of a day, {ListAudit.PageSize} a page, chain by chain. Entries are written within a second of what they tell. "
                + "It verifies nothing.")
            .WithParameter(Day("day", "The day in UTC, `yyyy-MM-dd`; today when absent.", "2026-11-20"))
            .WithParameter(CommonParameters.PatientKey with { In = ParameterLocation.Query, Description = "Only entries about this patient." })
            .WithParameter(CommonParameters.After with { Example = "8c2f4a1b9d3e4f5a.99", Form = Position })
            .Answers<AuditPage>(StatusCodes.Status200OK, "A page of entries.")
            .Refuses(static () => [ProblemResponses.BadRequest("day must be a day: yyyy-MM-dd.")]);
        api.MapGet("v1/audit/verify", VerifyAudit.HandleAsync)
            .WithFunction("VerifyAudit")
            .ForRoles(CallerRoles.Admin)
            .Describe(Tag, "Verifies the audit trail", "Whether it is as it was written, and where it is not: rows altered, removed or inserted.")
            .WithParameter(Day("from", "The first day in UTC, `yyyy-MM-dd`; `to`, or today, when absent.", "2026-11-01"))
            .WithParameter(Day(
                "to", $"The last day, at most {AuditDays.MostAtOnce} with the first; `from`, or today, when absent.", "2026-11-20"))
            .Answers<AuditVerification>(StatusCodes.Status200OK, "What was verified, and what is wrong with it.")
            .Refuses(static () => [ProblemResponses.BadRequest("from and to must be days: yyyy-MM-dd.")]);
    }

    private static ParameterDescription Day(string name, string description, string example) =>
        new(name, ParameterLocation.Query, description, example) { Form = KnownTexts.Day };

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
