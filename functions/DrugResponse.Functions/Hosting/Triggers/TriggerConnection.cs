using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DrugResponse.Functions.Hosting.Triggers;

/// <summary>
/// Marks a connection that may post queue messages and timer ticks to <c>/{FunctionName}</c>. The mark hangs on the
/// listening socket that accepted the connection, never on anything that a caller sends.
/// </summary>
internal sealed class TriggerConnection
{
    /// <summary>The header that carries the secret of the local trigger port.</summary>
    public const string SecretHeader = "X-DrugResponse-Trigger-Secret";

    /// <summary>A connection to the custom handler's port: nobody but the Functions host is told of that port.</summary>
    public static readonly TriggerConnection FromFunctionsHost = new(null);

    private readonly byte[]? _secret;

    private TriggerConnection(byte[]? secret) => _secret = secret;

    /// <summary>A connection to the local trigger port, on which every request must carry a secret.</summary>
    /// <param name="secret">The secret, as it stands in the header.</param>
    /// <returns>The mark.</returns>
    public static TriggerConnection WithSecret(string secret) => new(System.Text.Encoding.ASCII.GetBytes(secret));

    /// <summary>Puts this mark on every connection that an endpoint of the server accepts.</summary>
    /// <param name="endpoint">The endpoint, while it is being configured.</param>
    public void MarkAllOf(ListenOptions endpoint) =>
        endpoint.Use(next => connection =>
        {
            connection.Features.Set(this);
            return next(connection);
        });

    /// <summary>Whether a request came over a connection that may invoke trigger functions.</summary>
    /// <param name="context">The request.</param>
    /// <returns>True for a marked connection; strangers on the local trigger port never get this far.</returns>
    public static bool IsPresent(HttpContext context) => context.Features.Get<TriggerConnection>() is not null;

    /// <summary>Middleware: a request on the local trigger port without the secret finds nothing there, whatever its path.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The rest of the pipeline.</param>
    /// <returns>When the request is answered.</returns>
    public static Task TurnAwayStrangersAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<TriggerConnection>() is not { _secret: { } secret } || CarriesSecret(context.Request, secret))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static bool CarriesSecret(HttpRequest request, byte[] secret) =>
        request.Headers[SecretHeader] is [{ } sent]
        && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(sent), secret);
}
