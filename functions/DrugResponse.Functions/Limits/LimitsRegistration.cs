using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Limits;

/// <summary>Registers what one tenant may ask for, and holds requests against it.</summary>
internal static class LimitsRegistration
{
    /// <summary>Binds and validates the settings.</summary>
    /// <param name="services">The services.</param>
    public static void AddLimits(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateOnStart();
        services.AddSingleton<TenantLimits>();
    }

    /// <summary>Limits what comes after authentication.</summary>
    /// <param name="app">The application, once it knows its callers.</param>
    public static void UseLimits(this IApplicationBuilder app) =>
        app.Use(app.ApplicationServices.GetRequiredService<TenantLimits>().InvokeAsync);
}
