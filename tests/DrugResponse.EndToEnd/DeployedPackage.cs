using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;

namespace DrugResponse.EndToEnd;

/// <summary>The package that is deployed, made once by the command that makes it, and unpacked as Azure does.</summary>
public sealed class DeployedPackage : IAsyncLifetime
{
    private const string Project = "functions/DrugResponse.Functions/DrugResponse.Functions.csproj";

    private static readonly string Repository = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        typeof(DeployedPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static item => item.Key == nameof(Repository)).Value!));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drugresponse-package-");

    /// <summary>The app root.</summary>
    public string AppFolder => Path.Combine(_folder.FullName, "wwwroot");

    public async ValueTask InitializeAsync()
    {
        var package = Path.Combine(_folder.FullName, "package.zip");
        await RunAsync("publish", Project, "-t:Package", $"-p:PackageFile={package}", "-v:q", "-nologo", "-nodeReuse:false");
        await ZipFile.ExtractToDirectoryAsync(package, AppFolder);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test run was started with must not steer a build of its own.
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{await output}\n{await errors}");
    }
}
