using System.Diagnostics;

namespace DrugResponse.Functions.Tests.Deployment;

/// <summary>
/// <c>infra/deploy.sh</c> as it runs, with stand-ins for the Azure CLI and the SDK on its path. They note what they were asked, and keep a
/// vault and API keys from one run to the next.
/// </summary>
internal sealed class ScriptRun : IDisposable
{
    private static readonly string Stubs = Path.Combine(Bicep.Repository, "tests/DrugResponse.Functions.Tests/Deployment/Stubs");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deploy-");

    public ScriptRun()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The stand-ins use GNU tools.");
        Directory.CreateDirectory(PathOf("vault"));
        Directory.CreateDirectory(PathOf("open"));
        Directory.CreateDirectory(PathOf("tmp"));
        Tell("registration", "Registered");
        Tell("secret-names", "pseudonym-key-1 pseudonym-key-2 protection-key-1 webhook-key");
        Tell("network", "public");
        Tell("api-keys", "");
    }

    /// <summary>Every call of all runs, with its arguments, in their order.</summary>
    public IReadOnlyList<string> Calls => File.Exists(PathOf("calls")) ? File.ReadAllLines(PathOf("calls")) : [];

    /// <summary>The vault: names and values.</summary>
    public IReadOnlyDictionary<string, string> Vault =>
        Directory.GetFiles(PathOf("vault")).ToDictionary(static file => Path.GetFileName(file)!, File.ReadAllText, StringComparer.Ordinal);

    /// <summary>What is open to the public network although it is private: <c>storage</c>, <c>vault</c>, both or none.</summary>
    public IReadOnlyList<string> Open => [.. Directory.GetFiles(PathOf("open")).Select(static file => Path.GetFileName(file))];

    /// <summary>The modes of the files that values came in, in octal.</summary>
    public IReadOnlyList<string> Modes => File.ReadAllLines(PathOf("modes"));

    /// <summary>What the runs left in the folder for temporary files.</summary>
    public IReadOnlyList<string> Left => Directory.GetFileSystemEntries(PathOf("tmp"));

    /// <summary>Writes a file that the stand-ins look at.</summary>
    public void Tell(string file, string content) => File.WriteAllText(PathOf(file), content);

    /// <summary>Calls that have a text, by their places among all.</summary>
    public IReadOnlyList<int> Places(string text) =>
        [.. Calls.Index().Where(call => call.Item.Contains(text, StringComparison.Ordinal)).Select(static call => call.Index)];

    /// <summary>Makes a signing key in the folder that the script is started in, named <c>key.pem</c>.</summary>
    public async Task MakeSigningKeyAsync() => Assert.Equal(
        0, (await RunAsync("openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "key.pem"])).Code);

    /// <summary>Runs the script to its end.</summary>
    /// <param name="arguments">Behind the group and the environment.</param>
    /// <param name="environment">Variables beside the signing key.</param>
    /// <returns>Its exit code and what it wrote.</returns>
    public Task<(int Code, string Output)> DeployAsync(string[]? arguments = null, params (string Name, string Value)[] environment) =>
        RunAsync("bash", [Path.Combine(Bicep.Repository, "infra", "deploy.sh"), "group", "dev", .. arguments ?? []], environment);

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<(int Code, string Output)> RunAsync(
        string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PATH"] = $"{Stubs}:{Environment.GetEnvironmentVariable("PATH")}",
                ["STATE"] = _folder.FullName,
                ["TMPDIR"] = PathOf("tmp"),
                ["DRUGRESPONSE_SIGNING_KEY"] = "key.pem",
            },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + errors);
    }

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);
}
