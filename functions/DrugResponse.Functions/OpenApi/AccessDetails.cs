using System.Text.Json.Nodes;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;

namespace DrugResponse.Functions.OpenApi;

/// <summary>Adds to the description whom an operation is for, and how a caller shows who it is.</summary>
internal static class AccessDetails
{
    /// <summary>The keyword under which an operation's roles stand, of which a caller needs one.</summary>
    public const string RolesKeyword = "x-roles";

    private const string ApiKey = "ApiKey";
    private const string Token = "Token";

    /// <summary>Adds the ways to show who the caller is.</summary>
    /// <param name="document">The document.</param>
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>(ApiKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyHandler.Header,
            Description = "An API key, from an administrator or from `POST v1/keys`. In Development on the same machine, `development`.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(Token, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A token of the OpenID Connect issuer that the service is set up for; where it is for none, only keys are taken.",
        });
    }

    /// <summary>Adds whom an operation is for.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="document">The document.</param>
    /// <param name="metadata">The endpoint's metadata.</param>
    public static void AddTo(OpenApiOperation operation, OpenApiDocument document, IEnumerable<object> metadata)
    {
        if (RolesOf(metadata) is not { } roles)
            return;

        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiKey, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, document)] = [] },
        ];
        operation.Description = $"{operation.Description}\n\nFor callers with {(roles.Length == 1 ? "the role" : "one of the roles")} "
            + $"{string.Join(", ", roles.Select(static role => $"`{role}`"))}.";
        (operation.Extensions ??= new Dictionary<string, IOpenApiExtension>())[RolesKeyword] =
            new JsonNodeExtension(new JsonArray([.. roles.Select(static role => JsonValue.Create(role))]));
    }

    /// <summary>The problems that come of it.</summary>
    /// <param name="metadata">The endpoint's metadata.</param>
    public static IEnumerable<ProblemResponse> ProblemsOf(IReadOnlyCollection<object> metadata)
    {
        if (RolesOf(metadata) is null)
            return [];

        // Keys are looked up in storage, and what is done is written down there.
        return
        [
            ProblemResponses.Unauthorized(), ProblemResponses.Forbidden(), ProblemResponses.StorageUnavailable(),
            ProblemResponses.IssuerUnavailable(), ProblemResponses.AuditUnavailable(),
        ];
    }

    private static string[]? RolesOf(IEnumerable<object> metadata) =>
        metadata.OfType<IAuthorizeData>().FirstOrDefault(static one => one.Roles is not null)?.Roles?.Split(',');
}
