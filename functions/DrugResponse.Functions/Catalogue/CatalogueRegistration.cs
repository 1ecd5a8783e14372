using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;

namespace DrugResponse.Functions.Catalogue;

/// <summary>Maps the capability: features listed.</summary>
internal static class CatalogueRegistration
{
    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapCatalogue(this IEndpointRouteBuilder api) =>
        api.MapGet("v1/features", ListFeatures.Handle).WithFunction("ListFeatures").ForEveryRole();
}
