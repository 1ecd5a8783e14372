using System.Diagnostics;
using System.Globalization;

namespace DrugResponse.Storage.Development;

/// <summary>
/// Azurite, Microsoft's emulator of Azure Storage, as a child process: real blobs, queues and tables on this machine for local work and
/// tests, without a cloud account.
/// </summary>
/// <remarks>
/// The child ends with its parent, however the parent ends: it watches its standard input, which the operating system closes when the
/// parent is gone. Members may not be called concurrently with each other.
/// </remarks>
public sealed class AzuriteEmulator : IAsyncDisposable
{
    private const int ServiceCount = 3;
    private const int AttemptsAtFreePorts = 5;

    // Longer than .NET keeps an idle connection (60 s): by default Azurite closes it after 5 s, at times just when a request is sent.
    private const string KeepAliveSeconds = "120";

    // Tables are in memory, also those of a data directory. By default node takes a quarter of the machine's, and at most 4 GB.
    private const int ShareOfMemory = 2;

    private static readonly Lazy<string> Launcher = new(ReadLauncher);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly string _script;
    private readonly string? _dataDirectory;
    private readonly Action<string>? _progress;
    private Process? _process;
    private AzuriteOutput? _output;

    private AzuriteEmulator(string script, AzuritePorts ports, AzuriteOptions options)
    {
        _script = script;
        _dataDirectory = options.DataDirectory;
        _progress = options.Progress;
        Ports = ports;
    }

    /// <summary>Where the emulator serves; the same over <see cref="StopAsync"/> and <see cref="RestartAsync"/>.</summary>
    public AzuritePorts Ports { get; }

    /// <summary>The connection string of the emulator's well-known account, for blobs, queues and tables.</summary>
    public string ConnectionString => GetConnectionString(Ports);

    /// <summary>Whether the child process runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The process id of the child; null when it does not run.</summary>
    public int? ProcessId => IsRunning ? _process!.Id : null;

    /// <summary>
    /// Gives the connection string of an Azurite at the given ports. Account and key are the published ones that every Azurite has.
    /// </summary>
    /// <param name="ports">Where it serves.</param>
    public static string GetConnectionString(AzuritePorts ports) => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={DevelopmentAccount.Name};AccountKey={DevelopmentAccount.Key};" +
        $"BlobEndpoint=http://127.0.0.1:{ports.Blob}/{DevelopmentAccount.Name};" +
        $"QueueEndpoint=http://127.0.0.1:{ports.Queue}/{DevelopmentAccount.Name};" +
        $"TableEndpoint=http://127.0.0.1:{ports.Table}/{DevelopmentAccount.Name};");

    /// <summary>
    /// Starts an emulator, after installing Azurite into the repository's <c>node_modules</c> if it is not there, and returns when all
    /// three services accept requests.
    /// </summary>
    /// <param name="options">Ports, data directory, where to look for the repository.</param>
    /// <param name="cancellationToken">Gives up; nothing is left running.</param>
    /// <exception cref="InvalidOperationException">
    /// Node.js is missing, no repository was found, the installation failed, or Azurite ended at once (for instance since a port is taken).
    /// The message says which, and what to do.
    /// </exception>
    public static async Task<AzuriteEmulator> StartAsync(AzuriteOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var script = await AzuriteInstallation.EnsureAsync(options.StartDirectory, options.Progress, cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            var emulator = new AzuriteEmulator(script, options.Ports ?? AzuritePorts.FindFree(), options);
            try
            {
                await emulator.RestartAsync(cancellationToken).ConfigureAwait(false);
                return emulator;
            }
            catch (InvalidOperationException exception) when (
                options.Ports is null
                && attempt < AttemptsAtFreePorts
                && exception.Message.Contains("EADDRINUSE", StringComparison.Ordinal))
            {
                // Somebody took a port between the search and the start.
            }
        }
    }

    /// <summary>
    /// Tells whether an Azurite serves blobs, queues and tables at the given ports. Other programs at these ports do not count.
    /// </summary>
    /// <param name="ports">Where to look.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    public static async Task<bool> IsListeningAsync(AzuritePorts ports, CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        foreach (var port in new[] { ports.Blob, ports.Queue, ports.Table })
            if (!await AnswersAsAzuriteAsync(http, port, cancellationToken).ConfigureAwait(false))
                return false;

        return true;
    }

    /// <summary>
    /// Starts the emulator again after <see cref="StopAsync"/>, at the same ports and with the same data directory, and returns when all
    /// three services accept requests.
    /// </summary>
    /// <param name="cancellationToken">Gives up; nothing is left running.</param>
    /// <exception cref="InvalidOperationException">It runs already, or ended at once.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        if (IsRunning)
            throw new InvalidOperationException("The emulator runs already.");

        _process?.Dispose();
        _process = AzuriteInstallation.Start(CreateStartInfo(), "node");
        _output = new AzuriteOutput(ServiceCount, _progress);
        try
        {
            await WaitUntilServingAsync(_process, _output, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _process.Kill();
            throw;
        }
    }

    /// <summary>
    /// Stops the emulator as a shutdown does: data in a data directory is saved, connections are closed, the ports become free.
    /// Does nothing when it does not run.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting; the process is then killed.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (_process is not { HasExited: false } process)
            return;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StopTimeout);
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            cancellationToken.ThrowIfCancellationRequested();
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the child process has ended, for whatever reason.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>How it ended: its exit code and the last lines that it wrote.</returns>
    /// <exception cref="InvalidOperationException">It was never started.</exception>
    public async Task<(int ExitCode, string Output)> WaitForEndAsync(CancellationToken cancellationToken = default)
    {
        if (_process is not { } process || _output is not { } output)
            throw new InvalidOperationException("The emulator was never started.");

        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return (process.ExitCode, output.LastLines);
    }

    /// <summary>Stops the emulator if it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _process?.Dispose();
    }

    private static async Task<bool> AnswersAsAzuriteAsync(HttpClient http, int port, CancellationToken cancellationToken)
    {
        try
        {
            var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/{DevelopmentAccount.Name}"));
            using var response = await http
                .GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            return response.Headers.Server.ToString().StartsWith("Azurite", StringComparison.OrdinalIgnoreCase);
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private ProcessStartInfo CreateStartInfo()
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var megabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory / (1024 * 1024);
        start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"--max-old-space-size={megabytes}"));
        start.ArgumentList.Add("--eval");
        start.ArgumentList.Add(Launcher.Value);
        start.ArgumentList.Add("--");
        start.ArgumentList.Add(_script);
        start.ArgumentList.Add("--silent");
        start.ArgumentList.Add("--skipApiVersionCheck");
        start.ArgumentList.Add("--disableTelemetry");
        foreach (var service in new[] { "blob", "queue", "table" })
            AddOption(start, $"--{service}KeepAliveTimeout", KeepAliveSeconds);

        AddOption(start, "--blobPort", Ports.Blob.ToString(CultureInfo.InvariantCulture));
        AddOption(start, "--queuePort", Ports.Queue.ToString(CultureInfo.InvariantCulture));
        AddOption(start, "--tablePort", Ports.Table.ToString(CultureInfo.InvariantCulture));
        if (_dataDirectory is null)
            start.ArgumentList.Add("--inMemoryPersistence");
        else
            AddOption(start, "--location", _dataDirectory);

        // A developer's own accounts would take the place of the well-known one that the connection string names.
        start.Environment.Remove("AZURITE_ACCOUNTS");

        return start;
    }

    private static void AddOption(ProcessStartInfo start, string name, string value)
    {
        start.ArgumentList.Add(name);
        start.ArgumentList.Add(value);
    }

    private static string ReadLauncher()
    {
        using var stream = typeof(AzuriteEmulator).Assembly.GetManifestResourceStream("azurite-launcher.js")!;
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }

    private static async Task WaitUntilServingAsync(Process process, AzuriteOutput output, CancellationToken cancellationToken)
    {
        process.OutputDataReceived += (_, line) => output.Read(line.Data);
        process.ErrorDataReceived += (_, line) => output.Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartTimeout);
        try
        {
            var ended = process.WaitForExitAsync(patience.Token);
            if (await Task.WhenAny(output.Serving, ended).ConfigureAwait(false) == output.Serving)
                return;

            await ended.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Azurite does not serve after {StartTimeout.TotalSeconds} s. It wrote: {output.LastLines}");
        }

        throw new InvalidOperationException($"Azurite ended with exit code {process.ExitCode} instead of serving. It wrote: {output.LastLines}");
    }
}
