using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Hosting;

namespace DrugResponse.Functions.Access.Keys;

/// <summary>Maps the capability: keys made, listed, rotated, revoked.</summary>
internal static class KeysRegistration
{
    /// <summary>Maps the HTTP routes.</summary>
    /// <param name="api">The group of HTTP routes.</param>
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        api.MapPost("v1/keys", CreateKey.HandleAsync).WithFunction("CreateKey").ForRoles(CallerRoles.Admin).AuditFirst();
        api.MapGet("v1/keys", ListKeys.HandleAsync).WithFunction("ListKeys").ForRoles(CallerRoles.Admin);
        api.MapPost("v1/keys/{keyId}/rotate", RotateKey.HandleAsync).WithFunction("RotateKey").ForRoles(CallerRoles.Admin).AuditFirst();
        api.MapDelete("v1/keys/{keyId}", RevokeKey.HandleAsync).WithFunction("RevokeKey").ForRoles(CallerRoles.Admin).AuditFirst();
    }
}
