using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace DrugResponse.Functions.Tests.Deployment;

/// <summary>The Bicep compiler at work on <c>infra/</c>.</summary>
internal static class Bicep
{
    private static readonly string Program = Metadata("Bicep");

    /// <summary>The repository's root.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, Metadata("Repository")));

    /// <summary>Compiles a file, and fails the test at any error or warning.</summary>
    /// <param name="command"><c>build</c> or <c>build-params</c>.</param>
    /// <param name="file">The file in <c>infra/</c>.</param>
    /// <returns>The template or the parameters, as Azure gets them.</returns>
    public static async Task<JsonObject> CompileAsync(string command, string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The package feed has the compiler for Linux only.");
        var start = new ProcessStartInfo(Program, [command, Path.Combine(Repository, "infra", file), "--stdout"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0 && errors.Length == 0, errors);
        return JsonNode.Parse(await output)!.AsObject();
    }

    /// <summary>A resource and its properties, wherever in the template or its modules it is declared.</summary>
    public static IEnumerable<JsonObject> Resources(JsonObject template)
    {
        var declared = template["resources"] switch
        {
            JsonObject named => named.Select(static resource => resource.Value!.AsObject()),
            JsonArray listed => listed.Select(static resource => resource!.AsObject()),
            _ => [],
        };
        foreach (var resource in declared)
        {
            yield return resource;
            if (resource["properties"]?["template"] is JsonObject module)
            {
                foreach (var inner in Resources(module))
                    yield return inner;
            }
        }
    }

    /// <summary>The modules of a template, by name.</summary>
    public static JsonObject Module(JsonObject template, string name) => Resources(template)
        .Single(resource => (string?)resource["type"] == "Microsoft.Resources/deployments" && (string?)resource["name"] == name)["properties"]!["template"]!
        .AsObject();

    private static string Metadata(string key) => typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == key).Value!;
}
