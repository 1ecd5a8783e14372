using DrugResponse.Contracts.Catalogue;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.OpenApi;

namespace DrugResponse.Functions.Catalogue;

/// <summary>Maps the capability: features listed.</summary>
internal static class CatalogueRegistration
{
    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapCatalogue(this IEndpointRouteBuilder api) =>
        api.MapGet("v1/features", ListFeatures.Handle)
            .WithFunction("ListFeatures")
            .ForEveryRole()
            .Describe("Catalogue", "Lists features and words", "Every feature that a model may ask for, and the conditions, measurements and adverse events that a request may name.")
            .Answers<FeatureList>(StatusCodes.Status200OK, "The features and words.");
}
