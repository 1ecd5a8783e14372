using System.ComponentModel.DataAnnotations;
using DrugResponse.Storage;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>
/// Which bearer tokens are taken, section <c>DrugResponse:Access:Tokens</c>. Without <see cref="Authority"/> none is. Any issuer that
/// publishes OpenID Connect discovery and signs with RSA or elliptic curves will do.
/// </summary>
internal sealed class TokenOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = $"{AccessOptions.Section}:Tokens";

    /// <summary>The issuer's address; <c>/.well-known/openid-configuration</c> is read below it. https outside Development.</summary>
    public Uri? Authority { get; set; }

    /// <summary>The audience that a token must be for.</summary>
    public string? Audience { get; set; }

    /// <summary>The claim with the roles: one text, several, or a list. Default <c>roles</c>. Words that are no role of ours are
    /// ignored.</summary>
    [Required]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The claim that names the tenant, such as <c>tid</c>. Ignored when <see cref="Tenant"/> is set.</summary>
    public string? TenantClaim { get; set; }

    /// <summary>The tenant of all callers with tokens, for an issuer that serves one.</summary>
    public string? Tenant { get; set; }

    /// <summary>How far the issuer's clock may be off, 0 to 10 minutes. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = $"{Section}:{nameof(ClockSkew)} must be from 00:00:00 to 00:10:00.")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>Refuses settings under which a token of somebody else would be taken.</summary>
internal sealed class TokenOptionsValidator(IHostEnvironment environment) : IValidateOptions<TokenOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, TokenOptions options)
    {
        if (options.Authority is not { } authority)
            return ValidateOptionsResult.Success;

        var faults = new List<string>();
        if (!authority.IsAbsoluteUri || (authority.Scheme != Uri.UriSchemeHttps && !environment.IsDevelopment()))
            faults.Add($"{TokenOptions.Section}:Authority must be an https address.");
        if (string.IsNullOrWhiteSpace(options.Audience))
            faults.Add($"{TokenOptions.Section}:Audience is required with an Authority: it says which tokens are meant for this service.");
        if ((options.Tenant is null) == (options.TenantClaim is null))
            faults.Add($"{TokenOptions.Section} needs either Tenant or TenantClaim with an Authority.");
        if (options.Tenant is not null && !TenantName.TryParse(options.Tenant, out _))
            faults.Add($"{TokenOptions.Section}:Tenant must match {AccessOptions.TenantPattern}.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
