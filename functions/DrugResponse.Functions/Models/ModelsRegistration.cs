using DrugResponse.Contracts.Models;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.OpenApi;
using DrugResponse.Functions.Problems;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Models;

/// <summary>Registers and maps the capability: models loaded, watched, listed and shown.</summary>
internal static class ModelsRegistration
{
    /// <summary>Adds the keeper of the models in use and the readiness check.</summary>
    /// <param name="services">The services.</param>
    public static void AddModels(this IServiceCollection services)
    {
        services.AddOptions<ModelOptions>().BindConfiguration(ModelOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>();
        services.AddSingleton<DevelopmentModels>();
        services.AddSingleton<RegistryTrust>();
        services.AddSingleton<RegistryRevisions>();
        services.AddSingleton<PublishedModels>();
        services.AddSingleton<ModelSetKeeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<ModelSetKeeper>());
        services.AddHealthChecks().AddCheck<ModelsHealthCheck>("models");
    }

    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        api.MapGet("v1/models", ListModels.HandleAsync)
            .WithFunction("ListModels")
            .ForEveryRole()
            .Describe("Models", "Lists the models in use", "The version in use for each endpoint of each drug, and the candidate that is scored beside it.")
            .Answers<ModelList>(StatusCodes.Status200OK, "The models.")
            .Refuses(static () => CommonProblems.Models);
        api.MapGet("v1/models/{drug}/{endpoint}", GetModel.HandleAsync)
            .WithFunction("GetModel")
            .ForEveryRole()
            .Describe(
                "Models",
                "Shows a model",
                "Its card (population, training data, metrics, intended use, limits), its files with their hashes, and what each feature does to its score.")
            .WithParameter(CommonParameters.Drug)
            .WithParameter(CommonParameters.Endpoint)
            .Answers<ModelDetail>(StatusCodes.Status200OK, "The model.")
            .Refuses(static () => [ProblemResponses.NotFound(), .. CommonProblems.Models]);
    }
}
