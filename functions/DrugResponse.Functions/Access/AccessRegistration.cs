namespace DrugResponse.Functions.Access;

/// <summary>Registers whom the app works for.</summary>
internal static class AccessRegistration
{
    private const string DevelopmentTenant = "development";

    /// <summary>Binds and validates <see cref="AccessOptions"/>, with a tenant of its own in Development.</summary>
    /// <param name="services">The services.</param>
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>()
            .BindConfiguration(AccessOptions.Section)
            .PostConfigure<IHostEnvironment>((options, environment) =>
            {
                if (!environment.IsDevelopment())
                    return;
                options.Tenant ??= DevelopmentTenant;
                options.QueueTenant ??= options.Tenant;
            })
            .ValidateDataAnnotations()
            .ValidateOnStart();
    }
}
