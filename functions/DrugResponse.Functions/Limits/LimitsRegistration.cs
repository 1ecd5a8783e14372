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

    /// <summary>Limits authentication itself.</summary>
    /// <param name="app">The application, before it finds out about its callers.</param>
    public static void UseLimitsOfAddresses(this IApplicationBuilder app) =>
        app.Use(app.ApplicationServices.GetRequiredService<TenantLimits>().RefuseSpentAddressAsync);

    /// <summary>Limits what comes after authentication.</summary>
    /// <param name="app">The application, once it knows its callers.</param>
    public static void UseLimits(this IApplicationBuilder app) =>
        app.Use(app.ApplicationServices.GetRequiredService<TenantLimits>().InvokeAsync);

    /// <summary>Lets an endpoint be asked at any time. It must cost next to nothing, however often that is.</summary>
    /// <typeparam name="TBuilder">The endpoint's builder.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder NeverLimited<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(Limits.NeverLimited.Instance);
}

/// <summary>Marks an endpoint that is never refused for want of a share.</summary>
internal sealed record NeverLimited
{
    /// <summary>The mark.</summary>
    public static NeverLimited Instance { get; } = new();
}
