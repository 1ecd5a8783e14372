using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Access;

namespace DrugResponse.Functions.Access.Keys;

/// <summary><c>DELETE v1/keys/{keyId}</c>: the key stops working, for good.</summary>
internal static class RevokeKey
{
    public static async Task<IResult> HandleAsync(string keyId, Caller caller, KeyIssuer issuer, CancellationToken cancellationToken) =>
        ApiKeyId.TryParse(keyId, out var id) && await issuer.RevokeAsync(caller.Tenant, id, cancellationToken)
            ? TypedResults.NoContent()
            : ProblemResponses.NotFound();
}
