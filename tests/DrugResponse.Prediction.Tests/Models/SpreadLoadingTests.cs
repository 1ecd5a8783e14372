using System.Text.Json.Nodes;
using DrugResponse.ModelArchives;
using DrugResponse.ModelArchives.Writing;
using DrugResponse.Prediction.Tests.Support;
using DrugResponse.Testing;
using static DrugResponse.Prediction.Tests.Support.SmallModels;

namespace DrugResponse.Prediction.Tests.Models;

/// <summary>Versions whose interval two archives give.</summary>
public sealed class SpreadLoadingTests
{
    private const string Lower = "warfarin/standard-dose-suffices/1.0.0/spread-lower.zip";
    private const string Upper = "warfarin/standard-dose-suffices/1.0.0/spread-upper.zip";

    private static readonly Dictionary<string, (Func<ModelFolder> Spoilt, string[] Faults)> Faults = new()
    {
        ["lower archive missing"] = (static () => Good().Without(Lower), [$"{Lower} is missing."]),
        ["upper archive missing"] = (static () => Good().Without(Upper), [$"{Upper} is missing."]),
        ["lower archive of another hash"] = (static () => Good().With(Lower, [1]), [$"{Lower} does not have the SHA-256"]),
        ["both archives of another hash"] = (
            static () => Good().With(Lower, [1]).With(Upper, [2]),
            [$"{Lower} does not have the SHA-256", $"{Upper} does not have the SHA-256"]),
        ["archive that is none"] = (
            static () => OnlySpread(Model, [1, 2, 3], SpreadArchive("ageYears")),
            ["the lower spread: the archive cannot be scored"]),
        ["archive of another kind"] = (
            static () => OnlySpread(Model, SpreadArchive("ageYears"), ProbabilityArchive("ageYears")),
            ["the upper spread: the archive's kind of prediction is Binary, not Regression."]),
        ["unknown feature"] = (
            static () => OnlySpread(Model, SpreadArchive("shoeSize"), SpreadArchive("hatSize")),
            ["the lower spread: the input 'shoeSize' is not in", "the upper spread: the input 'hatSize' is not in"]),
        ["no rule for a missing value"] = (
            static () => OnlySpread(Model, SpreadArchive("ageYears"), WithoutRule()),
            ["the upper spread: the input 'weightKg' has no rule for a missing value."]),
        ["strata beside the spread"] = (
            static () => Good().ChangeCard(Suffices, static card => card["interval"]!["strata"] = new JsonArray(Stratum())),
            ["the version has spread archives, so the card's interval must have no strata."]),
        ["relative to the score"] = (
            static () => Good().ChangeCard(Suffices, static card => card["interval"]!["relativeToScore"] = true),
            ["whose distances are not relative to the score"]),
        ["level"] = (
            static () => Good().ChangeCard(Suffices, static card => card["interval"]!["level"] = 1),
            ["the interval's level is not between 0 and 1."]),
        ["another scale"] = (
            static () => ModelFolder.OfRepository().Only(Dose).ReplaceArchive(Dose, DoseArchive("weightKg"))
                .SetSpread(Dose, SpreadArchive("ageYears"), SpreadArchive("ageYears")),
            ["which give distances of log-odds, and the card's scale is 'sqrt-mg-per-week'."]),
        ["neither spread nor strata"] = (
            static () => WithoutSpread(Good()),
            ["the interval's last stratum must have no missing features"]),
    };

    public static TheoryData<string> FaultNames { get; } = [.. Faults.Keys];

    private static byte[] Model => ProbabilityArchive("weightKg");

    [Fact]
    public async Task A_version_with_a_spread_loads()
    {
        var model = Assert.Single((await Good().LoadAsync()).Models);

        Assert.Equal(["weightKg", "ageYears"], model.Features.Select(static feature => feature.Name));
    }

    [Theory]
    [MemberData(nameof(FaultNames))]
    public async Task Every_fault_is_listed_once(string name)
    {
        var faults = await Faults[name].Spoilt().FaultsAsync();

        Assert.Equal(Faults[name].Faults.Length, faults.Count);
        Assert.All(Faults[name].Faults, expected => Assert.Single(faults, fault => fault.Contains(expected, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Faults_of_card_and_archives_are_listed_together()
    {
        var folder = OnlySpread(ProbabilityArchive("shoeSize"), SpreadArchive("hatSize"), SpreadArchive("ageYears"))
            .ReplaceCard(Suffices, "{"u8.ToArray());

        var faults = await folder.FaultsAsync();

        Assert.Equal(3, faults.Count);
    }

    private static ModelFolder Good() => OnlySpread(Model, SpreadArchive("weightKg"), SpreadArchive("ageYears"));

    private static byte[] WithoutRule() =>
        ModelArchiveWriter.ToBytes(
            Definition("weightKg") with { Kind = PredictionKind.Regression, Predictor = new LinearDefinition(1, [2]) });

    private static ModelFolder WithoutSpread(ModelFolder folder)
    {
        folder.Version(Suffices).Remove("spread");
        return folder;
    }

    private static JsonObject Stratum() => new()
    {
        ["missing"] = new JsonArray(),
        ["lower"] = -1,
        ["upper"] = 1,
        ["patients"] = 10,
        ["coverage"] = 0.9,
    };
}
