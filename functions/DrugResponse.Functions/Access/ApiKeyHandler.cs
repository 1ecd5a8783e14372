using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>Authenticates requests by the header <c>x-functions-key</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, CallerKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "key";

    /// <summary>The header.</summary>
    public const string Header = "x-functions-key";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var values = Request.Headers[Header];
        if (values.Count == 0)
            return AuthenticateResult.NoResult();
        // Of two credentials it would be chance which one counts.
        if (values is not [{ } text] || Request.Headers.Authorization.Count > 0)
            return AuthenticateResult.Fail("There must be one credential.");

        try
        {
            return await keys.FindAsync(Context, text) is { } caller
                ? AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(SchemeName), SchemeName))
                : AuthenticateResult.Fail("The key is not valid.");
        }
        catch (TooManyLookupsException exception)
        {
            return AuthenticateResult.Fail(exception);
        }
    }
}
