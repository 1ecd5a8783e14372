using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.Client.Cli.Commands;

/// <summary>Connects to the service, to outlast its outages.</summary>
internal static class ServiceConnection
{
    // Front ends end a request after 230 s.
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Makes the services of which <see cref="IDrugResponseApi"/> is one.</summary>
    /// <param name="server">The service's address.</param>
    /// <param name="apiKey">The caller's key, or null.</param>
    /// <param name="allowsHttp">Whether the key may go over plain http to another machine.</param>
    /// <param name="patience">How long to go on while the service does not answer.</param>
    /// <param name="tell">Is told why something is repeated.</param>
    public static ServiceProvider Open(Uri server, string? apiKey, bool allowsHttp, TimeSpan patience, Action<string> tell)
    {
        var services = new ServiceCollection();
        services
            .AddDrugResponseClient(options =>
            {
                options.BaseAddress = server;
                options.ApiKey = apiKey;
                options.AllowsPlainHttp = allowsHttp;
                options.Timeout = AttemptTimeout;
                options.MaxRetryDelay = TimeSpan.FromSeconds(15);
                options.Endurance = patience;
                options.Retrying = notice => tell($"{notice.Fault} Trying again.");
            })
            .UseSocketsHttpHandler(static (handler, _) => handler.AutomaticDecompression = DecompressionMethods.All);
        return services.BuildServiceProvider();
    }
}
