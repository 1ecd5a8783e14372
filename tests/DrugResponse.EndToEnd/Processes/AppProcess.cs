using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace DrugResponse.EndToEnd.Processes;

/// <summary>The built app as a process, with an environment of the test's own making.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly ConcurrentQueue<string> _errors = [];

    private AppProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
    }

    /// <summary>The folder with the program, host.json and the function definitions: the app root of a deployed package.</summary>
    public static string AppFolder { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        Assembly.GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static entry => entry.Key == "AppFolder")
            .Value!));

    /// <summary>Lines of standard output so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Lines of standard error so far.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the program with the given variables and no others that steer ASP.NET Core, .NET hosting or Functions.</summary>
    public static AppProcess Start(
        IEnumerable<KeyValuePair<string, string>> environment, string? workingDirectory = null, params string[] arguments) =>
        StartIn(AppFolder, environment, workingDirectory, arguments);

    /// <summary>Starts the program of another folder, such as a deployed package, likewise.</summary>
    public static AppProcess StartIn(
        string appFolder,
        IEnumerable<KeyValuePair<string, string>> environment,
        string? workingDirectory = null,
        params string[] arguments)
    {
        var program = Path.Combine(appFolder, "DrugResponse.Functions" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory ?? appFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsSteering).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var app = new AppProcess(new Process { StartInfo = start });
        app._process.Start();
        app._process.BeginOutputReadLine();
        app._process.BeginErrorReadLine();
        return app;
    }

    /// <summary>Waits until the process has ended and gives its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends the process as the Functions host does: at once, without a word (SIGKILL).</summary>
    public async Task<int> KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        return await ExitAsync();
    }

    /// <summary>Asks the process to end (SIGTERM), as a container runtime does, and gives its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static bool IsSteering(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("FUNCTIONS_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("AzureWebJobs", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("AzureFunctionsJobHost", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DrugResponse", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase)
        || name is "AZURE_FUNCTIONS_ENVIRONMENT" or "DOTNET_ENVIRONMENT" or "DOTNET_URLS";

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
