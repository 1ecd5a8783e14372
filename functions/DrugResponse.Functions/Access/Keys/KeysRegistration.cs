using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.OpenApi;
using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.Access.Keys;

/// <summary>Maps the capability: keys made, listed, rotated, revoked.</summary>
internal static class KeysRegistration
{
    private const string Tag = "Keys";

    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        api.MapPost("v1/keys", CreateKey.HandleAsync)
            .WithFunction("CreateKey")
            .ForRoles(CallerRoles.Admin)
            .AuditFirst()
            .Describe(Tag, "Makes a key", "An API key of the caller's tenant. Its secret is in this answer and nowhere else.")
            .AcceptsJson<ApiKeyRequest>()
            .Answers<CreatedApiKey>(StatusCodes.Status201Created, "The key, with its secret.")
            .Refuses(static () => CommonProblems.JsonBody);
        api.MapGet("v1/keys", ListKeys.HandleAsync)
            .WithFunction("ListKeys")
            .ForRoles(CallerRoles.Admin)
            .Describe(Tag, "Lists keys", "All keys of the caller's tenant, expired and revoked ones too, without their secrets.")
            .Answers<ApiKeyList>(StatusCodes.Status200OK, "The keys, oldest first.");
        api.MapPost("v1/keys/{keyId}/rotate", RotateKey.HandleAsync)
            .WithFunction("RotateKey")
            .ForRoles(CallerRoles.Admin)
            .AuditFirst()
            .Describe(
                Tag,
                "Replaces a key",
                "Makes a key with the name and the roles of an old one, which goes on working for a while. The body may be left out. A key is "
                + "replaced once: later it is the new one that is rotated.")
            .WithParameter(CommonParameters.KeyId)
            .AcceptsOptionalJson<ApiKeyRotation>()
            .Answers<CreatedApiKey>(StatusCodes.Status201Created, "The new key, with its secret.")
            .Refuses(static () => [.. CommonProblems.JsonBody, ProblemResponses.NotFound(), ProblemResponses.KeyReplaced()]);
        api.MapDelete("v1/keys/{keyId}", RevokeKey.HandleAsync)
            .WithFunction("RevokeKey")
            .ForRoles(CallerRoles.Admin)
            .AuditFirst()
            .Describe(Tag, "Revokes a key", "For good. Other instances may take it for half a minute longer.")
            .WithParameter(CommonParameters.KeyId)
            .AnswersNothing("It is revoked, or was before.")
            .Refuses(static () => [ProblemResponses.NotFound()]);
    }
}
