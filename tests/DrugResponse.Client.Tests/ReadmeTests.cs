using System.Reflection;
using System.Text.RegularExpressions;

namespace DrugResponse.Client.Tests;

/// <summary>The README's C# examples are code that compiles.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Repository = Path.Combine(
        AppContext.BaseDirectory,
        typeof(ReadmeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static item => item.Key == nameof(Repository)).Value!);

    [Fact]
    public async Task Every_example_in_csharp_is_compiled_here()
    {
        var readme = await ReadAsync("README.md");
        var example = await ReadAsync("tests/DrugResponse.Client.Tests/ReadmeExample.cs");
        var compiled = Lines(string.Concat(example.Split("// README").Skip(1).Select(static part => part.Split("// end")[0])));

        var examples = Examples().Matches(readme).Select(static match => Lines(match.Groups["code"].Value)).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, shown => Assert.Equal(compiled, shown));
    }

    private static Task<string> ReadAsync(string path) =>
        File.ReadAllTextAsync(Path.Combine(Repository, path), TestContext.Current.CancellationToken);

    private static IReadOnlyList<string> Lines(string code) =>
        code.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("```(?:csharp|cs)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
