using System.Diagnostics;

namespace DrugResponse.Functions.Tests.Deployment;

/// <summary>What <c>.ci/audit</c> says of the packages, with stand-ins for the SDK and npm on its path.</summary>
public sealed class AuditScriptTests
{
    private static readonly string Stubs = Path.Combine(Bicep.Repository, "tests/DrugResponse.Functions.Tests/Deployment/Stubs/Audit");

    [Theory]
    [InlineData("none", "0", 0, "NuGet: no known vulnerabilities.", "npm: no known vulnerabilities.")]
    [InlineData("vulnerable", "0", 1, "NuGet: VULNERABLE.", "Vulnerable.Package  1.0.0")]
    [InlineData("none", "2", 1, "npm: VULNERABLE.", "vulnerable-module  2")]
    [InlineData("mute", "0", 2, "NuGet: NOT CHECKED.", "no vulnerability data")]
    [InlineData("broken", "0", 2, "NuGet: NOT CHECKED.", "NU1301")]
    [InlineData("none", "mute", 2, "npm: NOT CHECKED.", "NuGet: no known vulnerabilities.")]
    [InlineData("vulnerable", "mute", 1, "NuGet: VULNERABLE.", "npm: NOT CHECKED.")]
    [InlineData("mute", "1", 1, "NuGet: NOT CHECKED.", "npm: VULNERABLE.")]
    public async Task Tells_a_vulnerable_package_from_a_source_that_does_not_tell(
        string nuget, string npm, int expected, string said, string alsoSaid)
    {
        var (code, output) = await AuditAsync(nuget, npm);

        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Contains(alsoSaid, output, StringComparison.Ordinal);
        Assert.Equal(expected, code);
    }

    private static async Task<(int Code, string Output)> AuditAsync(string nuget, string npm)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The stand-ins are programs for Linux.");
        var start = new ProcessStartInfo("bash", [Path.Combine(Bicep.Repository, ".ci", "audit")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PATH"] = $"{Stubs}:{Environment.GetEnvironmentVariable("PATH")}", ["NUGET"] = nuget, ["NPM"] = npm },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + errors);
    }
}
