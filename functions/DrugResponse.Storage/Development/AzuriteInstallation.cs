using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace DrugResponse.Storage.Development;

/// <summary>
/// The copy of Azurite under the repository's <c>node_modules</c>: found, or installed with <c>npm ci</c> at the version that
/// <c>package-lock.json</c> pins.
/// </summary>
internal static class AzuriteInstallation
{
    private static readonly TimeSpan LockPollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Makes sure that Azurite is installed.</summary>
    /// <returns>The path of the script that node runs.</returns>
    /// <exception cref="InvalidOperationException">No repository root was found, npm is missing, or the installation failed.</exception>
    public static async Task<string> EnsureAsync(string startDirectory, Action<string>? progress, CancellationToken cancellationToken)
    {
        var root = FindRepositoryRoot(startDirectory);
        if (IsComplete(root))
            return ScriptPath(root);

        // Test processes and the app may get here at the same time; npm ci deletes node_modules before it fills it.
        await using (await AcquireLockAsync(root, cancellationToken).ConfigureAwait(false))
        {
            if (!IsComplete(root))
            {
                progress?.Invoke($"Installing Azurite with 'npm ci' in {root}; this takes about half a minute and happens once.");
                await RunNpmAsync(root, cancellationToken).ConfigureAwait(false);
            }
        }

        return IsComplete(root)
            ? ScriptPath(root)
            : throw new InvalidOperationException($"'npm ci' in {root} succeeded but left no Azurite at {ScriptPath(root)}.");
    }

    /// <summary>Walks up from a folder to the nearest one whose <c>package.json</c> asks for azurite.</summary>
    public static string FindRepositoryRoot(string startDirectory)
    {
        for (var folder = new DirectoryInfo(startDirectory); folder is not null; folder = folder.Parent)
            if (AsksForAzurite(Path.Combine(folder.FullName, "package.json")))
                return folder.FullName;

        throw new InvalidOperationException(
            $"Neither {startDirectory} nor a folder above it holds a package.json that asks for azurite. " +
            "Run from inside the repository, or start Azurite yourself on ports 10000 to 10002.");
    }

    private static bool AsksForAzurite(string packageFile)
    {
        if (!File.Exists(packageFile))
            return false;

        try
        {
            using var package = JsonDocument.Parse(File.ReadAllBytes(packageFile));
            return Names(package.RootElement, "devDependencies") || Names(package.RootElement, "dependencies");
        }
        catch (JsonException)
        {
            return false;
        }

        static bool Names(JsonElement package, string section) =>
            package.ValueKind == JsonValueKind.Object
            && package.TryGetProperty(section, out var packages)
            && packages.ValueKind == JsonValueKind.Object
            && packages.TryGetProperty("azurite", out _);
    }

    private static string ScriptPath(string root) => Path.Combine(root, "node_modules", "azurite", "dist", "src", "azurite.js");

    // npm writes node_modules/.package-lock.json last, so an interrupted installation lacks it.
    private static bool IsComplete(string root) =>
        File.Exists(ScriptPath(root)) && File.Exists(Path.Combine(root, "node_modules", ".package-lock.json"));

    private static async Task<FileStream> AcquireLockAsync(string root, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, ".azurite"));
        var path = Path.Combine(folder.FullName, "install.lock");
        while (true)
        {
            try
            {
                // The operating system drops the lock when its holder dies. The file itself stays: deleting it would let a process
                // that waits on the old file and one that makes a new file both go ahead.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not DirectoryNotFoundException)
            {
                await Task.Delay(LockPollInterval, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task RunNpmAsync(string root, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var npm = Start(start, "npm");
        try
        {
            var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
            await npm.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (npm.ExitCode != 0)
                throw new InvalidOperationException(
                    $"'npm ci' in {root} failed with exit code {npm.ExitCode}:{Environment.NewLine}" +
                    $"{await errors.ConfigureAwait(false)}{await output.ConfigureAwait(false)}");
        }
        finally
        {
            if (!npm.HasExited)
                npm.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Starts a program of Node.js, with an error that says what to install when it is missing.</summary>
    public static Process Start(ProcessStartInfo start, string program)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(
                $"Cannot start {program}: {exception.Message}. Install Node.js 20 or later (it brings node and npm) and see that it is " +
                "on the PATH, or start Azurite yourself on ports 10000 to 10002.",
                exception);
        }
    }
}
