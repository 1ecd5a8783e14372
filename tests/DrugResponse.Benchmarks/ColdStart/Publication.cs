using System.Diagnostics;

namespace DrugResponse.Benchmarks.ColdStart;

/// <summary>Publishes projects as a deployment does.</summary>
internal static class Publication
{
    private const string EmptyProject = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
            <SelfContained>true</SelfContained>
            <PublishReadyToRun>true</PublishReadyToRun>
            <PublishReadyToRunComposite>true</PublishReadyToRunComposite>
            <InvariantGlobalization>true</InvariantGlobalization>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
        </Project>
        """;

    private const string EmptyProgram = """
        var app = WebApplication.CreateSlimBuilder(args).Build();
        app.MapPost("/", () => Results.Text("{}", "application/json"));
        app.Run();
        """;

    /// <summary>Publishes the app and makes its package.</summary>
    /// <param name="repository">The repository's root.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>Path of the program.</returns>
    public static async Task<string> PublishAppAsync(string repository, string folder)
    {
        var target = Path.Combine(folder, "app") + Path.DirectorySeparatorChar;
        await RunAsync(
            repository, "publish", "functions/DrugResponse.Functions", "-t:Package", $"-p:PublishDir={target}", $"-p:PackageFile={PackageIn(folder)}");
        return Path.Combine(target, "DrugResponse.Functions");
    }

    /// <summary>Where the package of <see cref="PublishAppAsync"/> is.</summary>
    public static string PackageIn(string folder) => Path.Combine(folder, "app.zip");

    /// <summary>Makes an ASP.NET Core app that does nothing, and publishes it the same way.</summary>
    /// <param name="folder">Where to.</param>
    /// <returns>Path of the program.</returns>
    public static async Task<string> PublishEmptyAsync(string folder)
    {
        var source = Directory.CreateDirectory(Path.Combine(folder, "source")).FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "Empty.csproj"), EmptyProject);
        await File.WriteAllTextAsync(Path.Combine(source, "Program.cs"), EmptyProgram);
        var target = Path.Combine(folder, "empty") + Path.DirectorySeparatorChar;
        await RunAsync(source, "publish", $"-p:PublishDir={target}");
        return Path.Combine(target, "Empty");
    }

    private static async Task RunAsync(string folder, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [.. arguments, "-c", "Release", "-v:q", "-nologo"]) { WorkingDirectory = folder })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("The publication failed.");
    }
}
