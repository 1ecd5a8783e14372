using DrugResponse.Storage.Patients;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>Registers whom the app works for, and by which keys it hides who the patients are.</summary>
internal static class AccessRegistration
{
    private const string DevelopmentTenant = "development";

    /// <summary>Binds and validates the settings, with values of its own in Development.</summary>
    /// <param name="services">The services.</param>
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>()
            .BindConfiguration(AccessOptions.Section)
            .PostConfigure<IHostEnvironment>(static (options, environment) =>
            {
                if (!environment.IsDevelopment())
                    return;
                options.Tenant ??= DevelopmentTenant;
                options.QueueTenant ??= options.Tenant;
            })
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<Tenants>();

        services.AddSingleton<IValidateOptions<PseudonymOptions>, PseudonymOptionsValidator>();
        services.AddOptions<PseudonymOptions>()
            .BindConfiguration(PseudonymOptions.Section)
            .PostConfigure<IHostEnvironment>(static (options, environment) =>
            {
                if (environment.IsDevelopment() && options.Keys.Count == 0)
                    options.Keys.Add(1, PseudonymOptions.DevelopmentKey);
            })
            .ValidateOnStart();
        services.AddSingleton<TenantKeys>();
        services.AddSingleton(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<PseudonymOptions>>().Value;
            return new PseudonymKeyRing(options.DecodeKeys(), options.EffectiveVersion);
        });
    }
}
