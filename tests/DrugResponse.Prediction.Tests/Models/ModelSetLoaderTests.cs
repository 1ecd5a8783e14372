using System.Text;
using System.Text.Json.Nodes;
using DrugResponse.ModelArchives;
using DrugResponse.ModelArchives.Writing;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Tests.Support;
using DrugResponse.Testing;
using static DrugResponse.Prediction.Tests.Support.SmallModels;

namespace DrugResponse.Prediction.Tests.Models;

public sealed class ModelSetLoaderTests
{
    private static readonly Dictionary<string, (Action<ModelFolder> Spoil, string[] Faults)> Faults = new()
    {
        ["archive missing"] = (static f => f.Files.Remove("warfarin/dose/1.0.0/model.zip"), ["warfarin/dose/1.0.0/model.zip is missing."]),
        ["card missing"] = (static f => f.Files.Remove("warfarin/dose/1.0.0/card.json"), ["warfarin/dose/1.0.0/card.json is missing."]),
        ["archive of another hash"] = (
            static f => f.Files["warfarin/dose/1.0.0/model.zip"] = [1],
            ["warfarin/dose/1.0.0/model.zip does not have the SHA-256"]),
        ["card of another hash"] = (
            static f => f.Files["warfarin/dose/1.0.0/card.json"] = [1],
            ["warfarin/dose/1.0.0/card.json does not have the SHA-256"]),
        ["both files"] = (
            static f => (f.Files["warfarin/dose/1.0.0/model.zip"], f.Files["warfarin/dose/1.0.0/card.json"]) = ([1], [1]),
            ["warfarin/dose/1.0.0/model.zip does not", "warfarin/dose/1.0.0/card.json does not"]),
        ["files of two models"] = (
            static f => (f.Files["warfarin/dose/1.0.0/model.zip"], f.Files["warfarin/standard-dose-suffices/1.0.0/card.json"]) = ([1], [1]),
            ["warfarin/dose/1.0.0/model.zip does not", "warfarin/standard-dose-suffices/1.0.0/card.json does not"]),
        ["archive that is none"] = (static f => f.ReplaceArchive(Dose, [1, 2, 3]), ["warfarin/dose 1.0.0: the archive cannot be scored"]),
        ["empty archive"] = (static f => f.ReplaceArchive(Dose, []), ["warfarin/dose 1.0.0: the archive cannot be scored"]),
        ["card that is no JSON"] = (static f => f.ReplaceCard(Dose, "{"u8.ToArray()), ["warfarin/dose 1.0.0: the card cannot be read"]),
        ["card that is null"] = (
            static f => f.ReplaceCard(Dose, "null"u8.ToArray()),
            ["warfarin/dose 1.0.0: the card, its strata, its training ranges or its evidence hold a null."]),
        ["null stratum"] = (
            static f => f.ChangeCard(Dose, static card => card["interval"]!["strata"]!.AsArray().Insert(0, null)),
            ["hold a null"]),
        ["null range"] = (static f => f.ChangeCard(Dose, static card => card["trainingRanges"]!["weightKg"] = null), ["hold a null"]),
        ["card with an unknown member"] = (
            static f => f.ChangeCard(Dose, static card => card["colour"] = "red"),
            ["the card cannot be read"]),
        ["card of another drug"] = (
            static f => f.ChangeCard(Dose, static card => card["drug"] = "aspirin"),
            ["the card is of another model"]),
        ["card of another version"] = (
            static f => f.ChangeCard(Dose, static card => card["version"] = "2.0.0"),
            ["the card is of another model"]),
        ["unknown scale"] = (
            static f => f.ChangeCard(Dose, static card => card["scale"] = "furlongs"),
            ["the scale 'furlongs' is not known."]),
        ["scale of another kind"] = (
            static f => f.ChangeCard(Dose, static card => card["scale"] = "log-odds"),
            [
                "the scale 'log-odds' does not fit an endpoint of kind Dose.",
                "the archive's kind of prediction, Regression, does not fit the scale 'log-odds'.",
            ]),
        ["no unit"] = (static f => f.ChangeCard(Dose, static card => card["unit"] = null), ["the card states no unit."]),
        ["archive of another kind"] = (
            static f => f.ReplaceArchive(Suffices, DoseArchive("weightKg")),
            ["the archive's kind of prediction, Regression, does not fit"]),
        ["no calibrator"] = (
            static f => f.ReplaceArchive(Suffices, ModelArchiveWriter.ToBytes(Definition("weightKg") with { Kind = PredictionKind.Binary })),
            ["warfarin/standard-dose-suffices 1.0.0: the archive gives no probability: it has no calibrator."]),
        ["level"] = (
            static f => f.ChangeCard(Dose, static card => card["interval"]!["level"] = 80),
            ["the interval's level is not between 0 and 1."]),
        ["no last resort"] = (
            static f => f.ChangeCard(Dose, static card => card["interval"]!["strata"] = new JsonArray()),
            ["the interval's last stratum must have no missing features"]),
        ["offset of the wrong sign"] = (
            static f => f.ChangeCard(Dose, static card => card["interval"]!["strata"]![0]!["lower"] = 1),
            ["a lower offset above 0 or an upper one below"]),
        ["misspelt stratum"] = (
            static f => f.ChangeCard(Dose, static card => card["interval"]!["strata"]![0]!["missing"]![0] = "vkorc1"),
            ["the card names 'vkorc1', which is not in the feature catalogue."]),
        ["misspelt range"] = (
            static f => f.ChangeCard(Dose, static card => card["trainingRanges"]!["wieghtKg"] = Range()),
            ["the card names 'wieghtKg'"]),
        ["unknown features"] = (
            static f => f.ReplaceArchive(Dose, DoseArchive("shoeSize", "weightKg", "hatSize")),
            ["the input 'shoeSize' is not in the feature catalogue.", "the input 'hatSize' is not in the feature catalogue."]),
        ["no rule for a missing value"] = (
            static f => f.ReplaceArchive(Dose, ModelArchiveWriter.ToBytes(Definition("weightKg") with { Predictor = new LinearDefinition(1, [2]) })),
            ["the input 'weightKg' has no rule for a missing value."]),
        ["active version that is not there"] = (
            static f => f.Endpoint(Dose)["activeVersion"] = "3.0.0",
            ["warfarin/dose: the active version 3.0.0 is not among its versions."]),
        ["a model that needs itself"] = (
            static f => f.ReplaceArchive(Dose, DoseArchive("warfarinPredictedSqrtDose")),
            ["warfarin: dose, standard-dose-overdoses, standard-dose-suffices ask for scores"]),
        ["a model that is needed and not there"] = (
            static f => f.Only(Suffices),
            ["warfarin: standard-dose-suffices ask for scores of models that are missing"]),
        ["later format"] = (static f => f.Registry["formatVersion"] = 2, ["registry.json has format version 2, not 1."]),
        ["revision 0"] = (static f => f.Registry["revision"] = 0, ["registry.json has the revision 0, which is none."]),
        ["last revision"] = (static f => f.Registry["revision"] = long.MaxValue, ["which is none."]),
        ["null endpoint"] = (
            static f => f.Registry["endpoints"]!.AsArray().Add(null),
            ["registry.json has a null among its endpoints or versions."]),
        ["null version"] = (
            static f => f.Endpoint(Dose)["versions"]!.AsArray().Add(null),
            ["registry.json has a null among its endpoints or versions."]),
        ["endpoint listed twice"] = (
            static f => f.Registry["endpoints"]!.AsArray().Add(f.Endpoint(Dose).DeepClone()),
            ["registry.json has warfarin/dose more than once.", "warfarin: exactly one endpoint of kind Dose must be primary."]),
        ["no primary"] = (
            static f => f.Endpoint(Suffices)["primary"] = false,
            ["warfarin: exactly one endpoint of kind Response must be primary."]),
    };

    public static TheoryData<string> FaultNames { get; } = [.. Faults.Keys];

    public static TheoryData<string> Garbage { get; } =
        ["", "null", "[]", "{", "{}", """{ "formatVersion": 1 }""", """{ "formatVersion": "1", "endpoints": [] }""", "\0"];

    [Fact]
    public async Task The_models_of_the_repository_load()
    {
        var drugs = ModelFolder.DrugsOfRepository();

        Assert.Contains("warfarin", drugs);
        foreach (var drug in drugs)
        {
            var models = await ModelFolder.OfDrug(drug).LoadAsync();

            Assert.Equal([drug], models.Drugs);
        }
    }

    [Fact]
    public async Task Models_come_after_those_they_need()
    {
        var models = await ModelFolder.OfRepository().LoadAsync();

        Assert.Equal(Dose, models.ModelsOf("warfarin")[0].Card.Endpoint);
        Assert.Equal(3, models.ModelsOf("warfarin").Length);
        Assert.Empty(models.ModelsOf("florbizol"));
    }

    [Fact]
    public async Task Only_the_active_versions_are_fetched()
    {
        var folder = ModelFolder.OfRepository();
        var old = folder.Version(Dose).DeepClone().AsObject();
        (old["version"], old["model"], old["card"]) = ("0.9.0", "gone/model.zip", "gone/card.json");
        folder.Endpoint(Dose)["versions"]!.AsArray().Add(old);

        var models = await folder.LoadAsync();

        Assert.All(models.Models, static model => Assert.Equal("1.0.0", model.Reference.Version));
    }

    [Theory]
    [MemberData(nameof(FaultNames))]
    public async Task Every_fault_is_listed_once(string name)
    {
        var folder = ModelFolder.OfRepository();
        Faults[name].Spoil(folder);

        var faults = await folder.FaultsAsync();

        Assert.Equal(Faults[name].Faults.Length, faults.Count);
        Assert.All(Faults[name].Faults, expected => Assert.Single(faults, fault => fault.Contains(expected, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task A_registry_that_cannot_be_read_is_a_fault(string registry)
    {
        var load = () => ModelSetLoader.LoadAsync(
            Encoding.UTF8.GetBytes(registry),
            (_, _) => Task.FromResult<ReadOnlyMemory<byte>?>(null),
            cancellationToken: TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<ModelSetException>(load);

        Assert.StartsWith("registry.json", Assert.Single(failure.Faults), StringComparison.Ordinal);
    }

    private static JsonObject Range() => new() { ["min"] = 1, ["max"] = 2 };
}
