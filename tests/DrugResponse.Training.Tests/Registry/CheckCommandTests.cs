using System.Text;
using System.Text.Json.Nodes;
using DrugResponse.ModelArchives;
using DrugResponse.ModelArchives.Writing;
using DrugResponse.Testing;
using DrugResponse.Training.Registry;

namespace DrugResponse.Training.Tests.Registry;

public sealed class CheckCommandTests(RegistryPlaces places) : IClassFixture<RegistryPlaces>
{
    private const string Dose = "dose";

    [Fact]
    public async Task An_acceptable_model_is_compared_with_the_one_in_use()
    {
        // 5 squared is 25 mg/week, and 6 squared is 36, for everybody.
        var registry = places.NewFolder(InUse(RegistryPlaces.DoseArchive(5, "ageYears")));

        var (exitCode, output, error) = await CheckAsync(registry, Flat(6), Card("1.1.0"));

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(["Accepted: warfarin/dose 1.1.0.", "Compared with the active version 1.0.0:"], output.Split(Environment.NewLine)[..2]);
        Assert.Contains("inputs added: none", output, StringComparison.Ordinal);
        Assert.Contains("inputs gone: ageYears", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Differences_of_the_answers_are_measured_on_drawn_rows()
    {
        var registry = places.NewFolder(InUse(Flat(5)));

        var (_, same, _) = await CheckAsync(registry, Flat(5), Card("1.1.0"));
        var (_, shifted, _) = await CheckAsync(registry, Flat(6), Card("1.1.0"));

        Assert.Contains("difference in mg/week over 2000 of 2000 drawn rows: median 0, 95th percentile 0", same, StringComparison.Ordinal);
        Assert.Contains(
            "difference in mg/week over 2000 of 2000 drawn rows: median 11, 95th percentile 11", shifted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_drawn_within_the_training_range()
    {
        // Only ages above 50 differ, by 36 less 25.
        var registry = places.NewFolder(InUse(Flat(5)));
        var candidate = RegistryPlaces.DoseArchive(5, "ageYears");

        var (_, below, _) = await CheckAsync(
            registry, candidate, Card("1.1.0", card => card["trainingRanges"]!["ageYears"] = Range(18, 49)));
        var (_, above, _) = await CheckAsync(
            registry, candidate, Card("1.1.0", card => card["trainingRanges"]!["ageYears"] = Range(51, 90)));
        var (_, mixed, _) = await CheckAsync(
            registry, candidate, Card("1.1.0", card => card["trainingRanges"]!["ageYears"] = Range(40, 52)));

        Assert.Contains("median 0, 95th percentile 0", below, StringComparison.Ordinal);
        Assert.Contains("median 11, 95th percentile 11", above, StringComparison.Ordinal);
        Assert.Contains("median 0, 95th percentile 11", mixed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Some_values_of_the_drawn_rows_are_missing()
    {
        var whereMissing = ModelArchiveWriter.ToBytes(new ModelDefinition
        {
            Kind = PredictionKind.Regression,
            Inputs = [new NumericInput("ageYears")],
            Predictor = new GamDefinition(5, [new ShapeFunctionDefinition([double.PositiveInfinity], [0], MissingEffect: 1)]),
        });

        var (_, output, _) = await CheckAsync(places.NewFolder(InUse(Flat(5))), whereMissing, Card("1.1.0"));

        Assert.Contains("median 0, 95th percentile 11", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_files_give_the_same_report()
    {
        var registry = places.NewFolder(ModelFolder.OfRepository());
        var archive = RegistryPlaces.DoseArchive(5, "ageYears", "weightKg");

        var first = await CheckAsync(registry, archive, Card("1.1.0"));
        var second = await CheckAsync(registry, archive, Card("1.1.0"));

        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public async Task Metrics_stand_side_by_side()
    {
        var registry = places.NewFolder(
            InUse(Flat(5)).ChangeCard(Dose, static card => card["metrics"] = Metrics(("error", 8.5), ("bias", 1))));

        var (_, output, _) = await CheckAsync(
            registry, Flat(5), Card("1.1.0", static card => card["metrics"] = Metrics(("error", 8.25), ("slope", 2))));

        Assert.Contains("error (all): 8.5 (8 to 9) -> 8.25 (8 to 9)", output, StringComparison.Ordinal);
        Assert.Contains("slope (all): not stated -> 2 (8 to 9)", output, StringComparison.Ordinal);
        Assert.Contains("bias (all): 1 (8 to 9) -> not stated", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var registry = places.NewFolder(ModelFolder.OfRepository());

        var (exitCode, output, error) = await CheckAsync(
            registry,
            RegistryPlaces.DoseArchive(5, "shoeSize", "hatSize"),
            Card("1.1.0", static card => (card["unit"], card["interval"]!["level"]) = (null, 2)));

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("Refused:", error, StringComparison.Ordinal);
        string[] faults = ["'shoeSize' is not in", "'hatSize' is not in", "the card states no unit.", "the interval's level is not"];
        foreach (var fault in faults)
            Assert.Contains(fault, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_cannot_be_read_hides_no_fault_of_the_archive()
    {
        var (exitCode, _, error) = await CheckAsync(
            places.NewFolder(ModelFolder.OfRepository()), RegistryPlaces.DoseArchive(5, "shoeSize"), "{");

        Assert.Equal(1, exitCode);
        Assert.Contains("the card cannot be read", error, StringComparison.Ordinal);
        Assert.Contains("'shoeSize' is not in the feature catalogue", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_registered_with_other_bytes_is_refused()
    {
        var (exitCode, _, error) = await CheckAsync(places.NewFolder(ModelFolder.OfRepository()), Flat(5), Card("1.0.0"));

        Assert.Equal(1, exitCode);
        Assert.Contains("Version 1.0.0 is registered with other bytes", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_asks_for_a_score_that_nobody_gives_is_refused()
    {
        var (exitCode, _, error) = await CheckAsync(
            places.NewFolder(ModelFolder.OfRepository()), RegistryPlaces.DoseArchive(5, "warfarinPredictedSqrtDose"), Card("1.1.0"));

        Assert.Equal(1, exitCode);
        Assert.Contains("ask for scores of models that are missing or wait for them", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_endpoint_has_nothing_to_be_compared_with()
    {
        var card = Card("1.0.0", static card => card["endpoint"] = "another-dose");

        var (exitCode, output, _) = await CheckAsync(places.NewFolder(ModelFolder.OfRepository()), Flat(5), card);
        var without = await CheckAsync(places.NewFolder(), Flat(5), card);

        Assert.Equal((0, 0), (exitCode, without.ExitCode));
        Assert.Contains("nothing to compare it with", output, StringComparison.Ordinal);
        Assert.Contains("nothing to compare it with", without.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_in_use_that_cannot_be_loaded_are_named_and_not_held_against_the_model()
    {
        var registry = places.NewFolder(ModelFolder.OfRepository().With("warfarin/dose/1.0.0/model.zip", [1]));

        var (exitCode, output, _) = await CheckAsync(registry, Flat(5), Card("1.1.0"));

        Assert.Equal(0, exitCode);
        Assert.Contains("cannot be loaded, so nothing is compared. warfarin/dose 1.0.0: ", output, StringComparison.Ordinal);
        Assert.Contains("Accepted: warfarin/dose 1.1.0.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spread_is_checked_with_its_model()
    {
        var folder = places.NewFolder(ModelFolder.OfRepository());
        var archive = File("model.zip", Risk());
        var card = File("card.json", Encoding.UTF8.GetBytes(RiskCard()));
        var good = File("good.zip", RegistryPlaces.DoseArchive(1, "ageYears"));
        var bad = File("bad.zip", RegistryPlaces.DoseArchive(1, "hatSize"));

        var accepted = await RegistryPlaces.RunAsync(
            CheckCommand.Create(), archive, card, "--spread-lower", good, "--spread-upper", good, "--registry", folder);
        var refused = await RegistryPlaces.RunAsync(
            CheckCommand.Create(), archive, card, "--spread-lower", good, "--spread-upper", bad, "--registry", folder);
        var half = await RegistryPlaces.RunAsync(CheckCommand.Create(), archive, card, "--spread-lower", good, "--registry", folder);

        Assert.Equal((0, ""), (accepted.ExitCode, accepted.Error));
        Assert.Contains("difference in probability", accepted.Output, StringComparison.Ordinal);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("the upper spread: the input 'hatSize' is not in the feature catalogue.", refused.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, half.ExitCode);
        Assert.Contains("--spread-lower and --spread-upper belong together", half.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_is_compared_with_the_one_in_a_container()
    {
        await places.ResetContainerAsync(InUse(Flat(5)));

        var (exitCode, output, _) = await RegistryPlaces.RunAsync(
            CheckCommand.Create(),
            File("model.zip", Flat(6)),
            File("card.json", Encoding.UTF8.GetBytes(Card("1.1.0"))),
            "--connection",
            places.ConnectionString);

        Assert.Equal(0, exitCode);
        Assert.Contains("median 11", output, StringComparison.Ordinal);
    }

    private static ModelFolder InUse(byte[] archive) => ModelFolder.OfRepository().ReplaceArchive(Dose, archive);

    private static byte[] Flat(double score) => ModelArchiveWriter.ToBytes(new ModelDefinition
    {
        Kind = PredictionKind.Regression,
        Inputs = [new NumericInput("ageYears")],
        Predictor = new GamDefinition(score, [null]),
    });

    private static byte[] Risk() => ModelArchiveWriter.ToBytes(new ModelDefinition
    {
        Kind = PredictionKind.Binary,
        Calibration = PlattCalibration.LogOdds,
        Inputs = [new NumericInput("ageYears")],
        Predictor = new GamDefinition(-1, [new ShapeFunctionDefinition([50, double.PositiveInfinity], [0, 1], MissingEffect: 0)]),
    });

    private static string Card(string version, Action<JsonObject>? change = null) => Card("dose", version, change);

    private static string RiskCard() =>
        Card("standard-dose-overdoses", "1.1.0", static card => card["interval"]!["strata"] = new JsonArray());

    private static string Card(string endpoint, string version, Action<JsonObject>? change)
    {
        var card = JsonNode.Parse(ModelFolder.OfRepository().Files[$"warfarin/{endpoint}/1.0.0/card.json"])!.AsObject();
        card["version"] = version;
        change?.Invoke(card);
        return card.ToJsonString();
    }

    private static JsonObject Range(double min, double max) => new() { ["min"] = min, ["max"] = max };

    private static JsonArray Metrics(params IReadOnlyList<(string Name, double Value)> metrics) =>
    [
        .. metrics.Select(static metric => new JsonObject
        {
            ["name"] = metric.Name,
            ["value"] = metric.Value,
            ["low"] = 8,
            ["high"] = 9,
            ["group"] = "all",
            ["method"] = "Made up.",
        }),
    ];

    private Task<(int ExitCode, string Output, string Error)> CheckAsync(string registry, byte[] archive, string card) =>
        RegistryPlaces.RunAsync(
            CheckCommand.Create(), File("model.zip", archive), File("card.json", Encoding.UTF8.GetBytes(card)), "--registry", registry);

    private string File(string name, byte[] content)
    {
        var path = Path.Combine(places.NewFolder(), name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
