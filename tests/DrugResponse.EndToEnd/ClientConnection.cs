using DrugResponse.Client;
using DrugResponse.EndToEnd.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.EndToEnd;

/// <summary>The client as callers have it, connected to a process of a test.</summary>
internal static class ClientConnection
{
    /// <summary>Connects to an app that stands alone.</summary>
    public static IDrugResponseApi Connect(this StandaloneApp app, string key) => Build(app.Http.BaseAddress!, key, configure: null);

    /// <summary>Connects through the Functions host, which passes requests on in its own way.</summary>
    public static IDrugResponseApi Connect(this FunctionsHostStandIn host, HttpForwarding forwarding, string key) => Build(
        new Uri($"https://{FunctionsHostStandIn.PublicHost}"),
        key,
        builder => builder.ConfigurePrimaryHttpMessageHandler(() => new HostHandler(host, forwarding)));

    private static IDrugResponseApi Build(Uri address, string key, Action<IHttpClientBuilder>? configure)
    {
        var services = new ServiceCollection();
        var builder = services.AddDrugResponseClient(options => (options.BaseAddress, options.ApiKey) = (address, key));
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
