using System.Security.Claims;
using DrugResponse.Contracts.Access;
using DrugResponse.Storage;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace DrugResponse.Functions.Access;

/// <summary>
/// Takes bearer tokens of the configured issuer. Signature, issuer, audience and lifetime are checked by ASP.NET Core, which also reads the
/// issuer's keys, keeps them, and reads them again when a token names one that is not known; who the caller is to us is told here.
/// </summary>
internal sealed class TokenCallers(IOptions<TokenOptions> tokens, IHostEnvironment environment, TimeProvider clock)
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
        options.RequireHttpsMetadata = !environment.IsDevelopment();
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = settings.Audience,
            ValidAlgorithms = Algorithms,
            LifetimeValidator = IsInTime,
        };
        options.Events = new JwtBearerEvents { OnMessageReceived = RequireIssuerAsync, OnTokenValidated = IdentifyAsync };
    }

    // Left to itself the handler takes every token for a bad one while it has no keys to check it with. It remembers what is read here.
    private static async Task RequireIssuerAsync(MessageReceivedContext context)
    {
        if (context.Request.Headers.Authorization.Count == 0)
            return;
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException exception)
        {
            context.Fail(new IssuerUnavailableException(exception));
        }
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
            context.Fail("The token names no tenant.");
        else if (claims.FindFirstValue(SubjectClaim) is not { Length: > 0 } subject)
            context.Fail("The token names no subject.");
        else
            context.Principal = Caller.OfToken(tenant, subject, roles).ToPrincipal(SchemeName);
        return Task.CompletedTask;
    }

    private TenantName? TenantOf(ClaimsPrincipal claims)
    {
        var text = tokens.Value.Tenant ?? claims.FindFirstValue(tokens.Value.TenantClaim!);
        return TenantName.TryParse(text, out var tenant) ? tenant : null;
    }

}

/// <summary>The issuer of tokens does not tell its keys, so no token can be checked.</summary>
/// <param name="cause">Why.</param>
internal sealed class IssuerUnavailableException(Exception cause) : Exception("The token issuer does not answer.", cause);
