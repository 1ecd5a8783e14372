using System.Security.Claims;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Reading;
using DrugResponse.Storage;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace DrugResponse.Functions.Access;

/// <summary>
/// Takes bearer tokens of the configured issuer. Signature, issuer, audience and lifetime are checked by ASP.NET Core, which also reads the
/// issuer's keys, keeps them, and reads them again when a token names one that is not known; who the caller is to us is told here.
/// </summary>
internal sealed class TokenCallers(IOptions<TokenOptions> tokens, TokenIssuer issuer, IHostEnvironment environment, TimeProvider clock)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "token";

    private const string SubjectClaim = "sub";

    // A key that is published can verify; with the symmetric ones it could sign as well.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <inheritdoc />
    public void Configure(JwtBearerOptions options) => Configure(SchemeName, options);

    /// <inheritdoc />
    public void Configure(string? name, JwtBearerOptions options)
    {
        var settings = tokens.Value;
        options.Authority = settings.Authority?.ToString();
        options.BackchannelTimeout = TokenIssuer.Timeout;
        options.RequireHttpsMetadata = !environment.IsDevelopment();
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = settings.Audience,
            ValidAlgorithms = Algorithms,
            LifetimeValidator = IsInTime,
        };
        options.Events = new JwtBearerEvents { OnMessageReceived = AdmitAsync, OnTokenValidated = IdentifyAsync };
    }

    // Left to itself the handler asks the issuer about any text at all, and takes every token for a bad one while it has no keys to check
    // it with. It remembers what is read here.
    private async Task AdmitAsync(MessageReceivedContext context)
    {
        if (TokenForm.Find(context.Request.Headers.Authorization) is not { } token)
            return;
        if (!TokenForm.IsTaken(token, Algorithms))
            context.Fail("The token is of no kind that is taken.");
        else if (!await issuer.HasAnsweredAsync(context.Options.ConfigurationManager!, context.HttpContext.RequestAborted))
            context.Fail(new IssuerUnavailableException());
    }

    private bool IsInTime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var skew = tokens.Value.ClockSkew;
        return expires is { } end && now < end + skew && (notBefore is not { } start || now >= start - skew);
    }

    private Task IdentifyAsync(TokenValidatedContext context)
    {
        var claims = context.Principal!;
        var roles = claims.FindAll(tokens.Value.RoleClaim).Select(static claim => claim.Value).Where(CallerRoles.All.Contains).ToArray();
        if (TenantOf(claims) is not { } tenant)
            context.Fail("The token names no tenant, or several.");
        else if (OneOf(claims, SubjectClaim) is not { Length: > 0 } subject)
            context.Fail("The token names no subject, or several.");
        else if (DeceptiveText.IsIn(subject))
            context.Fail("The token's subject holds characters that do not show.");
        else
            context.Principal = Caller.OfToken(tenant, subject, roles).ToPrincipal(SchemeName);
        return Task.CompletedTask;
    }

    private TenantName? TenantOf(ClaimsPrincipal claims)
    {
        var text = tokens.Value.Tenant ?? OneOf(claims, tokens.Value.TenantClaim!);
        return TenantName.TryParse(text, out var tenant) ? tenant : null;
    }

    // Of several it would be chance which one counts.
    private static string? OneOf(ClaimsPrincipal claims, string name) =>
        claims.FindAll(name).Take(2).ToArray() is [var only] ? only.Value : null;
}
