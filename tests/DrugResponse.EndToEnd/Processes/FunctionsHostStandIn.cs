using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DrugResponse.EndToEnd.Processes;

/// <summary>
/// Does to the built app what the Azure Functions host does to its custom handler: starts it in the host's own environment,
/// waits for its port, passes HTTP requests on, posts queue messages, and kills it.
/// </summary>
/// <remarks>
/// It knows nothing of what the functions do, and shares no code with the app. Use <see cref="SendAsync"/> for HTTP-triggered
/// functions, <see cref="InvokeAsync"/> for single queue messages, and <see cref="QueuePump"/> to work off a real queue.
/// </remarks>
internal sealed partial class FunctionsHostStandIn : IAsyncDisposable
{
    private const string HostVersion = "4.1037.0.0";
    private static readonly TimeSpan InitializationTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReadinessInterval = TimeSpan.FromMilliseconds(25);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromMinutes(5),
    };

    private readonly (string Name, string Value)[] _appSettings;

    private readonly string _appFolder;

    private FunctionsHostStandIn(string appFolder, int port, (string Name, string Value)[] appSettings)
    {
        _appFolder = appFolder;
        Port = port;
        _appSettings = appSettings;
        App = AppProcess.StartIn(appFolder, HostEnvironment(port, appSettings));
    }

    /// <summary>The handler's process; another one after <see cref="RestartHandlerAsync"/>.</summary>
    public AppProcess App { get; private set; }

    /// <summary>The handler's port.</summary>
    public int Port { get; }

    /// <summary>The API key of the caller whose requests are passed on; null for none.</summary>
    public string? Key { get; set; }

    private Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>
    /// Starts the app with the five variables of the host, the app settings given, and what a host's own environment holds
    /// that would mislead an ASP.NET Core program; then asks for <c>GET /</c> every 25 ms until there is any answer.
    /// </summary>
    /// <param name="appSettings">App settings, as the host passes them on: environment variables with <c>__</c> between sections.</param>
    public static Task<FunctionsHostStandIn> StartAsync(params (string Name, string Value)[] appSettings) =>
        StartInAsync(AppProcess.AppFolder, appSettings);

    /// <summary>Starts the app of another folder, such as a deployed package, likewise.</summary>
    public static async Task<FunctionsHostStandIn> StartInAsync(string appFolder, params (string Name, string Value)[] appSettings)
    {
        var host = new FunctionsHostStandIn(appFolder, FindFreePort(), appSettings);
        try
        {
            await host.UntilReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Kills the handler where it stands (SIGKILL, as at a function's time-out or when the host stops) unless it has ended, and
    /// starts another at the same port.
    /// </summary>
    public async Task RestartHandlerAsync()
    {
        await App.DisposeAsync();
        App = AppProcess.StartIn(_appFolder, HostEnvironment(Port, _appSettings));
        await UntilReadyAsync();
    }

    /// <summary>What the host puts into the environment of its handler.</summary>
    public static IEnumerable<KeyValuePair<string, string>> HostEnvironment(int port, params (string Name, string Value)[] appSettings)
    {
        var portText = port.ToString(CultureInfo.InvariantCulture);
        var workerId = Guid.NewGuid().ToString();
        var hostsOwnUrl = $"http://+:{FindFreePort().ToString(CultureInfo.InvariantCulture)}";
        var hostsOwnPort = FindFreePort().ToString(CultureInfo.InvariantCulture);

        return
        [
            KeyValuePair.Create("FUNCTIONS_CUSTOMHANDLER_PORT", portText),
            KeyValuePair.Create("FUNCTIONS_CUSTOMHANDLER_WORKER_ID", workerId),
            KeyValuePair.Create("FUNCTIONS_HTTPWORKER_PORT", portText),
            KeyValuePair.Create("FUNCTIONS_HTTPWORKER_ID", workerId),
            KeyValuePair.Create("FUNCTIONS_APP_ROOT_PATH", AppProcess.AppFolder),

            KeyValuePair.Create("FUNCTIONS_WORKER_RUNTIME", "custom"),
            KeyValuePair.Create("ASPNETCORE_URLS", hostsOwnUrl),
            KeyValuePair.Create("DOTNET_URLS", hostsOwnUrl),
            KeyValuePair.Create("ASPNETCORE_HTTP_PORTS", hostsOwnPort),
            KeyValuePair.Create("ASPNETCORE_HTTPS_PORTS", hostsOwnPort),
            KeyValuePair.Create("ASPNETCORE_PREFERHOSTINGURLS", "true"),
            KeyValuePair.Create("Kestrel__Endpoints__Host__Url", hostsOwnUrl),
            KeyValuePair.Create("ASPNETCORE_CONTENTROOT", Path.GetTempPath()),
            KeyValuePair.Create("DOTNET_CONTENTROOT", Path.GetTempPath()),
            KeyValuePair.Create("ASPNETCORE_APPLICATIONNAME", "Microsoft.Azure.WebJobs.Script.WebHost"),
            KeyValuePair.Create("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true"),

            .. appSettings.Select(static setting => KeyValuePair.Create(setting.Name, setting.Value)),
        ];
    }

    public static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await App.DisposeAsync();
    }

    private async Task UntilReadyAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await _http.GetAsync(Address, TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException) when (!App.HasExited && TimeProvider.System.GetElapsedTime(start) < InitializationTimeout)
            {
                await Task.Delay(ReadinessInterval, TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException)
            {
                Assert.Fail($"The handler does not listen. It wrote: {string.Join('\n', App.Output)}\n{string.Join('\n', App.Errors)}");
            }
        }
    }
}
