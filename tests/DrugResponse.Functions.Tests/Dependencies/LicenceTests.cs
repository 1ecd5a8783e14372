using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DrugResponse.Functions.Hosting;

namespace DrugResponse.Functions.Tests.Dependencies;

/// <summary>
/// What the shipped projects bring along is listed with its licence in <c>functions/THIRD-PARTY.md</c>. With the environment variable
/// <c>UPDATE_THIRD_PARTY=1</c> this test writes the list.
/// </summary>
public sealed partial class LicenceTests
{
    private static readonly HashSet<string> Allowed =
        new(StringComparer.Ordinal) { "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MS-PL OR Apache-2.0" };

    // Packages from before licence expressions, whose linked licence was read.
    private static readonly Dictionary<string, string> ByAddress = new(StringComparer.Ordinal)
    {
        ["https://github.com/dotnet/corefx/blob/master/LICENSE.TXT"] = "MIT",
    };

    private static string Root => RepositoryRoot.Find() ?? throw new InvalidOperationException("The tests do not run in a checkout.");

    private static string List => Path.Combine(Root, "functions", "THIRD-PARTY.md");

    [Fact]
    public void All_packages_that_are_shipped_have_a_licence_that_allows_it() =>
        Assert.All(Packages(), package => Assert.True(Allowed.Contains(package.Licence), $"{package.Id} {package.Version}: {package.Licence}"));

    [Fact]
    public void The_list_is_complete()
    {
        var text = new StringBuilder("# Packages that are shipped, and their licences\n\n| Package | Licence |\n|---|---|\n");
        foreach (var (id, licence) in Packages().Select(static package => (package.Id, package.Licence)).Distinct().OrderBy(static package => package.Id, StringComparer.Ordinal))
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {id} | {licence} |\n");

        if (Environment.GetEnvironmentVariable("UPDATE_THIRD_PARTY") == "1")
            File.WriteAllText(List, text.ToString());
        Assert.Equal(text.ToString(), File.ReadAllText(List).ReplaceLineEndings("\n"));
    }

    private static IEnumerable<(string Id, string Version, string Licence)> Packages() => Directory
        .EnumerateFiles(Path.Combine(Root, "functions"), "packages.lock.json", SearchOption.AllDirectories)
        .Select(static file => JsonNode.Parse(File.ReadAllBytes(file))!["dependencies"]!.AsObject())
        .SelectMany(static frameworks => frameworks.SelectMany(static framework => framework.Value!.AsObject()))
        .Where(static package => (string?)package.Value!["type"] != "Project")
        .Select(static package => (package.Key, Version: (string)package.Value!["resolved"]!))
        .Distinct()
        .Select(static package => (package.Key, package.Version, LicenceOf(package.Key, package.Version)));

    private static string LicenceOf(string id, string version)
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var name = id.ToLowerInvariant();
        var nuspec = File.ReadAllText(Path.Combine(folder, name, version, name + ".nuspec"));
        if (Expression().Match(nuspec) is { Success: true } expression)
            return expression.Groups[1].Value;
        var address = Address().Match(nuspec).Groups[1].Value;
        return ByAddress.GetValueOrDefault(address, address);
    }

    [GeneratedRegex("<license type=\"expression\">(.*?)</license>")]
    private static partial Regex Expression();

    [GeneratedRegex("<licenseUrl>(.*?)</licenseUrl>")]
    private static partial Regex Address();
}
