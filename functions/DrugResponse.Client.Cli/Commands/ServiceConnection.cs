using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.Client.Cli.Commands;

/// <summary>Connects to the service, to outlast its outages.</summary>
internal static class ServiceConnection
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Makes the services of which <see cref="IDrugResponseApi"/> is one.</summary>
    /// <param name="server">The service's address.</param>
    /// <param name="apiKey">The caller's key, or null.</param>
    /// <param name="patience">How long to go on while the service does not answer.</param>
    /// <param name="tell">Is told why something is repeated.</param>
    public static ServiceProvider Open(Uri server, string? apiKey, TimeSpan patience, Action<string> tell)
    {
        var services = new ServiceCollection();
        services
            .AddDrugResponseClient(options =>
            {
                options.BaseAddress = server;
                options.ApiKey = apiKey;
                options.Timeout = Timeout.InfiniteTimeSpan;
                options.MaxRetryDelay = TimeSpan.FromSeconds(15);
                options.Endurance = patience;
                options.Retrying = notice => tell($"{notice.Fault} Trying again.");
            })
            .UseSocketsHttpHandler(static (handler, _) =>
            {
                handler.ConnectTimeout = ConnectTimeout;
                handler.AutomaticDecompression = DecompressionMethods.All;
            });
        return services.BuildServiceProvider();
    }
}
