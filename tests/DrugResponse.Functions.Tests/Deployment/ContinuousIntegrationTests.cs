using System.Reflection;
using System.Text.RegularExpressions;

namespace DrugResponse.Functions.Tests.Deployment;

/// <summary>The workflow runs what developers run, with actions that cannot change behind our back.</summary>
public sealed partial class ContinuousIntegrationTests
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        typeof(ContinuousIntegrationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static item => item.Key == nameof(Repository)).Value!));

    private static string Workflow => File.ReadAllText(Path.Combine(Repository, ".github/workflows/ci.yml"));

    [Fact]
    public void Runs_the_repositorys_own_command()
    {
        Assert.Contains("run: .ci/run\n", Workflow, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Repository, ".ci/run")));
    }

    [Fact]
    public void Names_every_action_by_its_hash()
    {
        var actions = Action().Matches(Workflow).Select(static match => match.Groups["version"].Value).ToList();

        Assert.NotEmpty(actions);
        Assert.All(actions, static version => Assert.Matches("^[0-9a-f]{40}$", version));
    }

    [GeneratedRegex(@"uses: [\w/-]+@(?<version>\S+)")]
    private static partial Regex Action();
}
