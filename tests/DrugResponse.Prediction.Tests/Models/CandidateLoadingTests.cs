using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Tests.Support;
using DrugResponse.Testing;
using static DrugResponse.Prediction.Tests.Support.SmallModels;

namespace DrugResponse.Prediction.Tests.Models;

/// <summary>Versions that run beside the active one.</summary>
public sealed class CandidateLoadingTests
{
    private const string Archive = "dose/1.1.0/model.zip";

    private static readonly Dictionary<string, (Func<ModelFolder> Folder, string Fault)> Faults = new()
    {
        ["missing archive"] = (static () => WithCandidate().Without(Archive), $"warfarin/dose 1.1.0: {Archive} is missing."),
        ["archive of another hash"] = (static () => WithCandidate().With(Archive, [1]), $"{Archive} does not have the SHA-256"),
        ["unknown feature"] = (static () => WithCandidate(DoseArchive("shoeSize")), "warfarin/dose 1.1.0: the input 'shoeSize' is not in"),
        ["version that is not there"] = (
            static () => Named("2.0.0"), "warfarin/dose: the candidate version 2.0.0 is not among its versions."),
        ["the active version"] = (static () => Named("1.0.0"), "warfarin/dose: the candidate version 1.0.0 is the active one."),
        ["a model that would need itself"] = (
            static () => WithCandidate(DoseArchive("warfarinPredictedSqrtDose")),
            "warfarin/dose 1.1.0, in place of the active version: standard-dose-overdoses, standard-dose-suffices, dose ask for scores"),
    };

    public static TheoryData<string> FaultNames { get; } = [.. Faults.Keys];

    [Fact]
    public async Task A_candidate_stands_beside_the_active_models_and_not_among_them()
    {
        var models = await WithCandidate().LoadAsync();

        Assert.Equal("1.1.0", Assert.Single(models.Candidates).Reference.Version);
        Assert.Equal("1.1.0", Assert.Single(models.CandidatesOf("warfarin")).Reference.Version);
        Assert.Equal("1.0.0", models.Find("warfarin", Dose)!.Reference.Version);
        Assert.Equal(3, models.ModelsOf("warfarin").Length);
        Assert.Empty(models.CandidateFaults);
    }

    [Theory]
    [MemberData(nameof(FaultNames))]
    public async Task A_bad_candidate_is_named_and_the_active_models_load(string name)
    {
        var models = await Faults[name].Folder().LoadAsync();

        Assert.Contains(Faults[name].Fault, Assert.Single(models.CandidateFaults), StringComparison.Ordinal);
        Assert.Empty(models.Candidates);
        Assert.Equal(3, models.ModelsOf("warfarin").Length);
    }

    [Fact]
    public async Task A_candidate_that_cannot_be_fetched_does_not_keep_the_active_models_from_loading()
    {
        var folder = WithCandidate();

        var models = await ModelSetLoader.LoadAsync(
            folder.RegistryJson,
            (path, token) => path == Archive ? throw new TimeoutException() : folder.FetchAsync(path, token),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("warfarin/dose 1.1.0: the candidate cannot be fetched (TimeoutException).", Assert.Single(models.CandidateFaults));
    }

    [Fact]
    public async Task A_bad_active_model_is_refused_whatever_its_candidate()
    {
        var folder = WithCandidate().With("warfarin/dose/1.0.0/model.zip", [1]);

        Assert.Contains("warfarin/dose/1.0.0/model.zip does not", Assert.Single(await folder.FaultsAsync()), StringComparison.Ordinal);
    }

    private static ModelFolder WithCandidate(byte[]? archive = null) => ModelFolder.OfRepository().AddCandidate(Dose, "1.1.0", archive);

    private static ModelFolder Named(string version)
    {
        var folder = ModelFolder.OfRepository();
        folder.Endpoint(Dose)["candidateVersion"] = version;
        return folder;
    }
}
