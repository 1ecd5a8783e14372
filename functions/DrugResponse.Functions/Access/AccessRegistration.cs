using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Protection;
using DrugResponse.Storage.Patients;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>Registers who may call, and by which keys the app hides who the patients are.</summary>
internal static class AccessRegistration
{
    private const string EitherScheme = "key-or-token";

    /// <summary>Binds and validates the settings, with values of its own in Development, and adds authentication.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccessOptions>()
            .BindConfiguration(AccessOptions.Section)
            .PostConfigure<IHostEnvironment>(static (options, environment) =>
            {
                if (environment.IsDevelopment())
                    options.QueueTenant ??= options.Tenant;
            })
            .ValidateDataAnnotations()
            .ValidateOnStart();
        AddPseudonyms(services);
        AddKeys(services);

        // They are printed: behind a host that is a log, which others may read.
        if (builder.Environment.IsDevelopment() && FunctionsHostPort.Read(builder.Configuration) is null)
        {
            services.AddSingleton(static _ => new DevelopmentConsole(Console.Out));
            services.AddHostedService<DevelopmentKeys>();
        }

        var authentication = services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, null, static options => options.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        AddTokens(services, authentication);
        services.AddAuthorization();
        services.AddSingleton<AccessProblems>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler>(static provider => provider.GetRequiredService<AccessProblems>());
    }

    private static string SchemeOf(HttpContext context) =>
        context.Request.Headers.ContainsKey(ApiKeyHandler.Header)
        || context.RequestServices.GetRequiredService<IOptions<TokenOptions>>().Value.Authority is null
            ? ApiKeyHandler.SchemeName
            : TokenCallers.SchemeName;

    private static void AddKeys(IServiceCollection services)
    {
        services.AddSingleton<DevelopmentKey>();
        services.AddSingleton<KeyLookups>();
        services.AddSingleton<KnownKeys>();
        services.AddSingleton<CallerKeys>();
        services.AddSingleton<KeyIssuer>();
    }

    private static void AddTokens(IServiceCollection services, AuthenticationBuilder authentication)
    {
        services.AddSingleton<IValidateOptions<TokenOptions>, TokenOptionsValidator>();
        services.AddOptions<TokenOptions>().BindConfiguration(TokenOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, TokenCallers>();
        authentication.AddJwtBearer(TokenCallers.SchemeName, static _ => { });
    }

    private static void AddPseudonyms(IServiceCollection services)
    {
        services.AddMasterKeys<PseudonymOptions>(PseudonymOptions.Section, PseudonymOptions.DevelopmentKey);
        services.AddSingleton<TenantKeys>();
        services.AddSingleton(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<PseudonymOptions>>().Value;
            return new PseudonymKeyRing(options.DecodeKeys(), options.EffectiveVersion);
        });
    }
}
