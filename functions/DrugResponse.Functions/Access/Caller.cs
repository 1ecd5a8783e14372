using System.Security.Claims;
using DrugResponse.Storage;
using DrugResponse.Storage.Access;

namespace DrugResponse.Functions.Access;

/// <summary>
/// Who calls, as its credential says. Endpoints take it as a parameter; there is no other way to a tenant, least of all one through an id
/// that the caller sends.
/// </summary>
/// <param name="Tenant">Whose data the caller may see.</param>
/// <param name="Name">The credential without its secret: <c>key:{id}</c> or <c>token:{subject}</c>.</param>
/// <param name="Roles">The roles that the credential gives.</param>
internal sealed record Caller(TenantName Tenant, string Name, IReadOnlyList<string> Roles)
{
    private const string TenantClaim = "drugresponse:tenant";
    private const int MaxSubjectLength = 128;

    /// <summary>The caller with an API key.</summary>
    public static Caller OfKey(ApiKey key) => new(key.Tenant, $"key:{key.Id}", key.Roles);

    /// <summary>The caller with a token.</summary>
    /// <param name="tenant">The tenant that the token is for.</param>
    /// <param name="subject">Who the issuer says that it is.</param>
    /// <param name="roles">The roles among ours that the token gives.</param>
    public static Caller OfToken(TenantName tenant, string subject, IReadOnlyList<string> roles) =>
        new(tenant, $"token:{(subject.Length > MaxSubjectLength ? subject[..MaxSubjectLength] : subject)}", roles);

    /// <summary>The caller as ASP.NET Core's authorization knows it.</summary>
    /// <param name="scheme">How it was authenticated.</param>
    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [
            new Claim(TenantClaim, Tenant.ToString()),
            new Claim(ClaimTypes.Name, Name),
            .. Roles.Select(static role => new Claim(ClaimTypes.Role, role)),
        ],
        scheme));

    /// <summary>The caller of a request, or null when it is not authenticated.</summary>
    /// <param name="context">The request.</param>
    public static Caller? Of(HttpContext context) =>
        context.User is { Identity.IsAuthenticated: true } user && TenantName.TryParse(user.FindFirstValue(TenantClaim), out var tenant)
            ? new Caller(tenant, user.FindFirstValue(ClaimTypes.Name)!, [.. user.FindAll(ClaimTypes.Role).Select(static claim => claim.Value)])
            : null;

    /// <summary>Gives an endpoint its caller.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="InvalidOperationException">The endpoint lets callers in that are not authenticated.</exception>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(
        Of(context) ?? throw new InvalidOperationException("An endpoint that asks for its caller must name the roles that it is for."));
}
