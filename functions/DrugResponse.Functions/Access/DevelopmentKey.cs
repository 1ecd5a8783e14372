using System.Net;
using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Storage;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>
/// The key <c>development</c>, which is no secret: it has every role, so that the commands of the README can be copied as they stand. It
/// works in Development only, in a standalone process only, and from the same machine only; a request that says by a header that a proxy has
/// passed it on is none. A proxy on this machine that adds no such header is not noticed.
/// </summary>
internal sealed class DevelopmentKey(IHostEnvironment environment, HostingState hosting, IOptions<AccessOptions> options)
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

    private static bool IsFromThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !Array.Exists(ProxyHeaders, context.Request.Headers.ContainsKey);
}
