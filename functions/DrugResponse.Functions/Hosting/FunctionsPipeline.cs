using System.Net;
using DrugResponse.Functions.Hosting.Triggers;
using Microsoft.AspNetCore.HttpOverrides;

namespace DrugResponse.Functions.Hosting;

/// <summary>What every request passes through before it reaches a capability, and where capabilities map their routes.</summary>
internal static class FunctionsPipeline
{
    /// <summary>
    /// Adds the steps that come before routing, and <c>GET /</c>, by which the Functions host learns that this process is
    /// ready.
    /// </summary>
    /// <param name="app">The application, before anything else is added to it.</param>
    public static void UseFunctionsHosting(this WebApplication app)
    {
        if (app.Services.GetRequiredService<HostingState>().Mode is HostingMode.BehindFunctionsHost)
            UseHeadersOfTheHost(app);

        app.Use(TriggerConnection.TurnAwayStrangersAsync);
        app.UseRouting();

        // The host takes any answer as "ready". It must not wait for anything, and needs no key.
        app.MapGet("/", static () => Results.Text("DrugResponse is running.")).ShortCircuit().ExcludeFromDescription();
    }

    /// <summary>The group of all HTTP routes: the route prefix of host.json stands before each.</summary>
    /// <param name="app">The application.</param>
    /// <returns>A group to map routes such as <c>v1/predictions</c> on.</returns>
    public static RouteGroupBuilder MapApi(this WebApplication app) =>
        app.MapGroup(app.Services.GetRequiredService<HostJson>().RoutePrefix);

    /// <summary>
    /// Takes scheme, host and caller from the headers of the Functions host. A proxying host replaces the
    /// <c>X-Forwarded-*</c> headers and sends its loopback address as <c>Host</c>; an older, forwarding one passes on the
    /// public <c>Host</c> and whatever <c>X-Forwarded-Host</c> the caller made up, which is then not to be believed.
    /// </summary>
    private static void UseHeadersOfTheHost(WebApplication app)
    {
        app.UseWhen(IsProxied, static branch => branch.UseForwardedHeaders(new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.All,
        }));
        app.UseWhen(static context => !IsProxied(context), static branch => branch.UseForwardedHeaders(new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
        }));
    }

    private static bool IsProxied(HttpContext context) =>
        IPAddress.TryParse(context.Request.Host.Host, out var address) && IPAddress.IsLoopback(address);
}
