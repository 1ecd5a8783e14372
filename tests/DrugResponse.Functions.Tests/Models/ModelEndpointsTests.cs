using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Models;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.ModelArchives;
using DrugResponse.ModelArchives.Writing;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Models;

/// <summary><c>GET v1/models</c> and <c>GET v1/models/{drug}/{endpoint}</c>.</summary>
public sealed class ModelEndpointsTests(ModelsStorage storage) : IClassFixture<ModelsStorage>
{
    private static readonly JsonSerializerOptions Strict = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    [Fact]
    public async Task Models_are_listed_by_drug_and_endpoint()
    {
        await using var app = await StartAsync(ModelFolder.OfRepository().ChangeCard(
            "standard-dose-suffices", static card => card["comparisonGroup"] = "dose-suffices"));

        var answer = await app.GetAsync("v1/models");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var models = JsonSerializer.Deserialize(answer.Bytes, ContractsJsonContext.Wire.ModelList)!.Models;
        Assert.Equal(["dose", "standard-dose-overdoses", "standard-dose-suffices"], models.Select(static model => model.Endpoint));
        Assert.Equal(["dose", "adverse", "response"], models.Select(static model => model.Kind));
        Assert.Equal([null, null, "dose-suffices"], models.Select(static model => model.ComparisonGroup));
        Assert.All(models, static model =>
        {
            Assert.Equal(("warfarin", true, "1.0.0", "real-cohort"), (model.Drug, model.Primary, model.ActiveVersion, model.TrainedOn));
            Assert.Null(model.CandidateVersion);
            Assert.NotEmpty(model.Predicts);
            Assert.Equal(64, model.Sha256.Length);
        });
    }

    [Fact]
    public async Task A_candidate_that_runs_is_named_in_the_list_and_with_its_model()
    {
        await using var app = await StartAsync(ModelFolder.OfRepository().AddCandidate("dose", "1.1.0"));

        var list = await app.GetAsync("v1/models");
        var model = await app.GetAsync("v1/models/warfarin/dose");

        Assert.Equal("1.1.0", (string?)list.Json["models"]![0]!["candidateVersion"]);
        Assert.Equal(("1.0.0", "1.1.0"), ((string?)model.Json["activeVersion"], (string?)model.Json["candidateVersion"]));
    }

    [Fact]
    public async Task A_model_is_shown_with_its_card_and_files()
    {
        var folder = ModelFolder.OfRepository();
        await using var app = await StartAsync(folder);

        var model = (await app.GetAsync("v1/models/warfarin/dose")).Json;

        var card = JsonNode.Parse(folder.Files["warfarin/dose/1.0.0/card.json"])!;
        Assert.Equal((string?)card["intendedUse"], (string?)model["card"]!["intendedUse"]);
        Assert.Equal(card["metrics"]!.ToJsonString(Strict), model["card"]!["metrics"]!.ToJsonString(Strict));
        var version = folder.Version("dose");
        Assert.Equal(
            [
                ("warfarin/dose/1.0.0/model.zip", (string?)version["modelSha256"]),
                ("warfarin/dose/1.0.0/card.json", (string?)version["cardSha256"]),
            ],
            model["files"]!.AsArray().Select(static file => ((string?)file!["path"], (string?)file["sha256"])));
    }

    [Fact]
    public async Task Shape_functions_add_up_to_the_score_of_a_patient()
    {
        await using var app = await StartAsync(ModelFolder.OfRepository());

        var model = Detail(await app.GetAsync("v1/models/warfarin/dose"));
        var dose = (await app.PredictAsync(Body.Warfarin())).Prediction.Drugs[0].Dose!;

        Assert.Null(model.ShapeFunctionsReason);
        Assert.Equal(dose.Baseline, model.Baseline!.Value, 1e-9);
        Assert.All(dose.Contributions, part =>
        {
            var shape = Assert.Single(model.ShapeFunctions, shape => shape.Feature == part.Feature);
            Assert.Equal(part.Contribution, EffectOf(shape, part.Value), 1e-9);
            Assert.Null(shape.UpperBounds[^1]);
            Assert.NotEmpty(shape.Meaning);
            Assert.NotEmpty(shape.Unit);
        });
    }

    [Fact]
    public async Task A_model_that_is_not_made_of_shape_functions_says_so()
    {
        var linear = ModelArchiveWriter.ToBytes(new ModelDefinition
        {
            Kind = PredictionKind.Regression,
            Inputs = [new NumericInput("ageYears") { Replacement = 60 }],
            Predictor = new LinearDefinition(6, [-0.01f]),
        });
        await using var app = await StartAsync(ModelFolder.OfRepository().ReplaceArchive("dose", linear));

        var model = Detail(await app.GetAsync("v1/models/warfarin/dose"));

        Assert.Empty(model.ShapeFunctions);
        Assert.Null(model.Baseline);
        Assert.Contains("Only generalised additive models have shape functions", model.ShapeFunctionsReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1/models/warfarin/bleeding")]
    [InlineData("v1/models/florbizol/dose")]
    [InlineData("v1/models/Warfarin/dose")]
    [InlineData("v1/models/warfarin")]
    public async Task A_model_that_there_is_not_is_not_found(string path)
    {
        await using var app = await StartAsync(ModelFolder.OfRepository());

        (await app.GetAsync(path)).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
    }

    private static ModelDetail Detail(Answer answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return JsonSerializer.Deserialize(answer.Bytes, ContractsJsonContext.Wire.ModelDetail)!;
    }

    private static double EffectOf(FeatureShape shape, double? value) => value is null
        ? shape.MissingEffect
        : shape.Effects[shape.UpperBounds.TakeWhile(bound => bound < value).Count()];

    private async Task<WholeApp> StartAsync(ModelFolder folder)
    {
        await storage.PublishAsync(folder);
        var app = await WholeApp.StartAsync(storage.ConnectionString);
        await Eventually.TrueAsync(async () => (await ModelsStorage.StateAsync(app)).Status == "ready", "the models are in use");
        return app;
    }
}
