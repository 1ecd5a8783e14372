namespace DrugResponse.Functions.Models;

/// <summary>Registers the models.</summary>
internal static class ModelsRegistration
{
    /// <summary>Adds the keeper of the models in use and the readiness check.</summary>
    /// <param name="services">The services.</param>
    public static void AddModels(this IServiceCollection services)
    {
        services.AddOptions<ModelOptions>().BindConfiguration(ModelOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DevelopmentModels>();
        services.AddSingleton<PublishedModels>();
        services.AddSingleton<ModelSetKeeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<ModelSetKeeper>());
        services.AddHealthChecks().AddCheck<ModelsHealthCheck>("models");
    }
}
