using System.Net;
using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Transport;
using DrugResponse.Storage;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>
/// The key <c>development</c>, which is no secret: it has every role, so that the commands of the README can be copied as they stand. It
/// works in Development only, in a standalone process only, and from the same machine only; a request that says by a header that a proxy
/// has passed it on is none, nor is one that was sent to another name than this machine's own, or by a page of another origin: a browser on
/// this machine works for whoever wrote the page. A proxy on this machine that adds no such header and changes <c>Host</c> is not noticed.
/// </summary>
internal sealed class DevelopmentKey(
    IHostEnvironment environment, HostingState hosting, IOptions<AccessOptions> options, IOptions<CorsOptions> cors)
{
    /// <summary>The key.</summary>
    public const string Text = "development";

    private static readonly string[] ProxyHeaders =
    [
        "Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP",
    ];

    private readonly bool _isKnown = environment.IsDevelopment() && hosting.Mode is HostingMode.Standalone;
    private readonly Caller _developer = new(TenantName.Parse(options.Value.Tenant), $"key:{Text}", CallerRoles.All);

    /// <summary>The developer at this machine, or null when this is not that key, or not a place where it works.</summary>
    public Caller? FindCaller(HttpContext context, string text) =>
        _isKnown && text == Text && IsFromThisMachine(context) ? _developer : null;

    private bool IsFromThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && IsThisMachine(context.Request.Host.Host)
        && context.Request.Headers.Origin is var origins
        && (origins.Count == 0 || (origins is [{ } origin] && IsOurs(origin, context.Request)))
        && !Array.Exists(ProxyHeaders, context.Request.Headers.ContainsKey);

    // A page can have its own name lead to this machine; its browser then takes it for the page's origin, and Host has that name.
    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private bool IsOurs(string origin, HttpRequest request) =>
        origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase) || cors.Value.Origins.Contains(origin);
}
