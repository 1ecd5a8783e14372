using System.Text.Json;
using System.Text.Json.Serialization;
using DrugResponse.Contracts;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DrugResponse.Functions.OpenApi;

/// <summary>Registers and maps the capability: the API described, for programs and for people.</summary>
internal static class OpenApiRegistration
{
    /// <summary>Adds what makes the description.</summary>
    /// <param name="services">The services.</param>
    public static void AddApiDescription(this IServiceCollection services)
    {
        // Schemas are made from the same source-generated contracts that answers are written by.
        services.ConfigureHttpJsonOptions(static options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Clear();
            options.SerializerOptions.TypeInfoResolverChain.Add(ContractsJsonContext.Default);
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi(ApiDocument.Name, static options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = static type =>
                type.Type == typeof(JsonElement) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.AddDocumentTransformer(ApiDocument.DescribeAsync);
            options.AddOperationTransformer(OperationDetails.CompleteAsync);
            options.AddSchemaTransformer(SchemaDetails.CompleteAsync);
        });
        services.AddSingleton<ApiDocument>();
    }

    /// <summary>Maps the HTTP routes. None needs a key: they tell nothing about any tenant.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapApiDescription(this IEndpointRouteBuilder api)
    {
        api.MapGet("openapi/v1.json", static async (ApiDocument document) => Results.Bytes(await document.ReadAsync(), "application/json"))
            .WithFunction("OpenApi")
            .ForEverybody()
            .ExcludeFromDescription();
        api.MapGet("docs/{*asset}", DocsPage.Serve(api)).WithFunction("Docs").ForEverybody().ExcludeFromDescription();
    }
}
