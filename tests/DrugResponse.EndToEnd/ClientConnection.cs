using DrugResponse.Client;
using DrugResponse.EndToEnd.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.EndToEnd;

/// <summary>The client as callers have it, connected to a process of a test.</summary>
internal static class ClientConnection
{
    /// <summary>Connects to an app that stands alone.</summary>
    public static IDrugResponseApi Connect(this StandaloneApp app) => Build(app.Http.BaseAddress!, configure: null);

    /// <summary>Connects through the Functions host, which passes requests on in its own way.</summary>
    public static IDrugResponseApi Connect(this FunctionsHostStandIn host, HttpForwarding forwarding) => Build(
        new Uri($"https://{FunctionsHostStandIn.PublicHost}"),
        builder => builder.ConfigurePrimaryHttpMessageHandler(() => new HostHandler(host, forwarding)));

    private static IDrugResponseApi Build(Uri address, Action<IHttpClientBuilder>? configure)
    {
        var services = new ServiceCollection();
        var builder = services.AddDrugResponseClient(options => options.BaseAddress = address);
        configure?.Invoke(builder);
        return services.BuildServiceProvider().GetRequiredService<IDrugResponseApi>();
    }

    private sealed class HostHandler(FunctionsHostStandIn host, HttpForwarding forwarding) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => host.SendAsync(
            forwarding,
            request.Method,
            request.RequestUri!.PathAndQuery,
            request.Content,
            [.. request.Headers.Select(static header => (header.Key, string.Join(", ", header.Value)))]);
    }
}
