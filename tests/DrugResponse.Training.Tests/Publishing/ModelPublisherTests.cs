using System.Security.Cryptography;
using System.Text.Json;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Additive;
using DrugResponse.Training.Publishing;
using ShapeFunction = DrugResponse.Training.Additive.ShapeFunction;

namespace DrugResponse.Training.Tests.Publishing;

public sealed class ModelPublisherTests : IDisposable
{
    private static readonly AdditiveModel Model = new(
        -1.5,
        [
            new ShapeFunction("weightKg", [60, 80, double.PositiveInfinity], [-0.5, 0.25, 0.75], MissingEffect: 0.125),
            new ShapeFunction("amiodarone", [0.5, double.PositiveInfinity], [0, -1], MissingEffect: -0.25),
        ]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drug-response-publisher-");

    [Theory]
    [InlineData(59, 0, -2)]
    [InlineData(60, 0, -2)]
    [InlineData(60.5, 1, -2.25)]
    [InlineData(200, 0, -0.75)]
    [InlineData(float.NaN, 0, -1.375)]
    [InlineData(float.NaN, float.NaN, -1.625)]
    public void The_archive_scores_as_the_model_does(float weight, float amiodarone, double score)
    {
        var archive = ModelArchive.Read(ModelPublisher.ToArchive(Model, EndpointKind.Adverse)).Compile();

        Assert.Equal(score, Model.Score([weight, amiodarone]), 12);
        Assert.Equal(score, archive.Predict([weight, amiodarone]).Score, 6);
        Assert.Equal(1 / (1 + Math.Exp(-score)), archive.Predict([weight, amiodarone]).Probability, 6);
    }

    [Fact]
    public void A_dose_has_no_probability()
    {
        var archive = ModelArchive.Read(ModelPublisher.ToArchive(Model, EndpointKind.Dose)).Compile();

        Assert.True(float.IsNaN(archive.Predict([70, 0]).Probability));
    }

    [Fact]
    public void The_registry_names_the_files_and_their_hashes()
    {
        new ModelPublisher(_folder.FullName).Publish(Card("risk", "1.0.0"), Model, isPrimary: true);

        var endpoint = Assert.Single(Registry().Endpoints);
        var version = Assert.Single(endpoint.Versions);
        Assert.Equal(("warfarin", "risk", EndpointKind.Adverse, true, "1.0.0"), (endpoint.Drug, endpoint.Endpoint, endpoint.Kind, endpoint.Primary, endpoint.ActiveVersion));
        Assert.Equal("warfarin/risk/1.0.0/model.zip", version.Model);
        Assert.Equal(Sha256(version.Model), version.ModelSha256);
        Assert.Equal(Sha256(version.Card), version.CardSha256);
    }

    [Fact]
    public void Other_endpoints_and_versions_stay_and_the_new_version_becomes_active()
    {
        var publisher = new ModelPublisher(_folder.FullName);
        publisher.Publish(Card("risk", "1.0.0"), Model, isPrimary: true);
        publisher.Publish(Card("benefit", "1.0.0"), Model, isPrimary: true);
        publisher.Publish(Card("risk", "1.1.0"), Model, isPrimary: true);
        publisher.Publish(Card("risk", "1.1.0"), Model with { Intercept = 3 }, isPrimary: true);

        var registry = Registry();

        Assert.Equal(["benefit", "risk"], registry.Endpoints.Select(endpoint => endpoint.Endpoint));
        Assert.Equal("1.1.0", registry.Endpoints[1].ActiveVersion);
        Assert.Equal(["1.0.0", "1.1.0"], registry.Endpoints[1].Versions.Select(version => version.Version));
        Assert.All(registry.Endpoints.SelectMany(endpoint => endpoint.Versions), version => Assert.Equal(Sha256(version.Model), version.ModelSha256));
    }

    [Fact]
    public void The_version_that_was_active_is_the_previous_one_and_a_candidate_stays_until_it_is_active()
    {
        var publisher = new ModelPublisher(_folder.FullName);
        publisher.Publish(Card("risk", "1.0.0"), Model, isPrimary: true);
        publisher.Publish(Card("risk", "1.1.0"), Model, isPrimary: true);
        SetCandidate("1.2.0");
        publisher.Publish(Card("risk", "1.1.0"), Model, isPrimary: true);
        var again = Registry().Endpoints[0];
        publisher.Publish(Card("risk", "1.2.0"), Model, isPrimary: true);
        var activated = Registry().Endpoints[0];

        Assert.Equal(("1.0.0", "1.2.0"), (again.PreviousVersion, again.CandidateVersion));
        Assert.Equal(("1.1.0", null), (activated.PreviousVersion, activated.CandidateVersion));
    }

    [Fact]
    public async Task The_archives_of_a_spread_are_written_and_make_a_set_that_loads()
    {
        var card = Card("risk", "1.0.0");
        card = card with { Interval = card.Interval with { Strata = [] } };
        new ModelPublisher(_folder.FullName).Publish(card, Model, isPrimary: true, new SpreadModels(Model with { Intercept = 2 }, Model));

        var version = Registry().Endpoints[0].Versions[0];
        var models = await ModelSetLoader.LoadAsync(
            File.ReadAllBytes(Path.Combine(_folder.FullName, "registry.json")),
            async (path, token) => await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, path), token),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            ["model.zip", "card.json", "spread-lower.zip", "spread-upper.zip"],
            version.ListFiles().Select(static file => file.Path.Replace("warfarin/risk/1.0.0/", "", StringComparison.Ordinal)));
        Assert.All(version.ListFiles(), file => Assert.Equal(Sha256(file.Path), file.Sha256));
        Assert.NotEqual(version.Spread!.LowerSha256, version.Spread.UpperSha256);
        Assert.Single(models.Models);
    }

    [Fact]
    public void A_card_comes_back_as_it_was_written()
    {
        new ModelPublisher(_folder.FullName).Publish(Card("risk", "1.0.0"), Model, isPrimary: false);

        var json = File.ReadAllBytes(Path.Combine(_folder.FullName, "warfarin/risk/1.0.0/card.json"));
        var card = JsonSerializer.Deserialize(json, ModelJson.Default.ModelCard)!;

        Assert.Equal("log-odds", card.Scale);
        Assert.Equal(new FeatureRange(40, 140), card.TrainingRanges["weightKg"]);
        Assert.Equal(["weightKg"], card.Interval.Strata[0].Missing);
        Assert.Equal((byte)'\n', json[^1]);
    }

    private void SetCandidate(string version)
    {
        var registry = Registry();
        registry = registry with { Endpoints = [registry.Endpoints[0] with { CandidateVersion = version }] };
        File.WriteAllBytes(
            Path.Combine(_folder.FullName, "registry.json"),
            JsonSerializer.SerializeToUtf8Bytes(registry, ModelJson.Default.ModelRegistry));
    }

    private ModelRegistry Registry() =>
        JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(_folder.FullName, "registry.json")), ModelJson.Default.ModelRegistry)!;

    private string Sha256(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder.FullName, path))));

    private static ModelCard Card(string endpoint, string version) => new()
    {
        Drug = "warfarin",
        Endpoint = endpoint,
        Kind = EndpointKind.Adverse,
        Version = version,
        Predicts = "Something made up.",
        Scale = "log-odds",
        Interval = new ModelInterval(
            0.9, "None.", RelativeToScore: false, [new IntervalStratum(["weightKg"], -2, 2, 100, 0.9), new IntervalStratum([], -1, 1, 100, 0.9)]),
        TrainingRanges = new Dictionary<string, FeatureRange> { ["weightKg"] = new(40, 140) },
        TrainedOn = TrainingBasis.RealCohort,
        TrainingData = new ModelTrainingData("Made up.", "None.", 100, "All."),
        Metrics = [new ModelMetric("area", 0.7, 0.6, 0.8, "all", "Made up.")],
        IntendedUse = "Tests.",
        Limits = ["Made up."],
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
