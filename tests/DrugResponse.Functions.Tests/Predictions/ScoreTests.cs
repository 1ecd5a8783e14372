using System.Security.Cryptography;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Predictions;

/// <summary>What holds between the figures of an answer, whatever is known of the patient.</summary>
public sealed class ScoreTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    // Scores are computed in single precision from some 30 terms of up to about 5.
    private const double ScoreTolerance = 2e-5;

    // A probability moves by at most a quarter of its log-odds; a dose by 2 x the square root (up to about 10) of its score.
    private const double ProbabilityTolerance = 1e-5;
    private const double DoseTolerance = 4e-4;

    private readonly WholeApp _app = fixture.App;

    private static readonly Dictionary<string, Body> Bodies = new()
    {
        ["everything known"] = Body.Warfarin(),
        ["nothing known"] = Body.Parse("""{ "candidates": ["warfarin"] }"""),
        ["no genotype"] = Body.Warfarin().Without("/genotype"),
        ["takes and has nothing"] = Body.Warfarin().WithJson("/medications", "[]").WithJson("/conditions", "[]"),
        ["far outside the cohort"] = Body.Warfarin().With("/patient/ageYears", 3).With("/patient/weightKg", 400),
        ["needs least"] = Body.Warfarin()
            .With("/genotype/diplotypes/CYP2C9", "*3/*3").With("/genotype/variants/rs9923231", "T/T").With("/patient/ageYears", 92),
    };

    public static TheoryData<string> Patients { get; } = [.. Bodies.Keys];

    [Theory]
    [MemberData(nameof(Patients))]
    public async Task Figures_fit_together(string patient)
    {
        var drug = Assert.Single((await _app.PredictAsync(Bodies[patient])).Prediction.Drugs);

        Assert.NotNull(drug.Response);
        Assert.NotNull(drug.Dose);
        Assert.Equal("standard-dose-suffices", drug.Response.Endpoint);
        Assert.Equal(["time-in-range"], drug.OtherResponses.Select(static endpoint => endpoint.Endpoint));
        Assert.Equal(["major-bleeding", "standard-dose-overdoses"], drug.Adverse.Select(static endpoint => endpoint.Endpoint));
        Assert.All([drug.Response, .. drug.OtherResponses, .. drug.Adverse], AssertFitsTogether);
        AssertFitsTogether(drug.Dose);
    }

    [Fact]
    public async Task Names_the_model_by_the_hash_that_the_registry_states()
    {
        var drug = (await _app.PredictAsync(Body.Warfarin())).Prediction.Drugs[0];

        foreach (var model in new[] { drug.Response!.Model, drug.Adverse[0].Model, drug.Dose!.Model })
        {
            var archive = await File.ReadAllBytesAsync(
                Path.Combine(ModelFolder.RepositoryFolder, model.Id, model.Version, "model.zip"), TestContext.Current.CancellationToken);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(archive)), model.Sha256);
        }
    }

    [Fact]
    public async Task Every_endpoint_says_what_it_counts_and_what_taught_its_model()
    {
        var drug = (await _app.PredictAsync(Body.Warfarin())).Prediction.Drugs[0];

        foreach (var endpoint in (ScoredEndpoint[])[drug.Response!, .. drug.OtherResponses, .. drug.Adverse, drug.Dose!])
        {
            Assert.Equal(endpoint.Endpoint is "major-bleeding" or "time-in-range" ? "virtual-cohort" : "real-cohort", endpoint.Model.TrainedOn);
            Assert.EndsWith(".", endpoint.Definition, StringComparison.Ordinal);
        }
    }

    private static void AssertFitsTogether(EndpointPrediction endpoint)
    {
        Assert.Equal("log-odds", endpoint.Scale);
        AssertAddsUp(endpoint.Score, endpoint.Baseline, endpoint.Contributions);
        Assert.Equal(1 / (1 + Math.Exp(-endpoint.Score)), endpoint.Probability, ProbabilityTolerance);
        Assert.InRange(endpoint.Probability, endpoint.Interval.Low, endpoint.Interval.High);
        Assert.InRange(endpoint.Interval.Low, 0, 1);
        Assert.InRange(endpoint.Interval.High, 0, 1);
        Assert.Equal(0.9, endpoint.Interval.Level);
    }

    private static void AssertFitsTogether(DosePrediction dose)
    {
        Assert.Equal("sqrt-mg-per-week", dose.Scale);
        Assert.Equal("mg/week", dose.Unit);
        AssertAddsUp(dose.Score, dose.Baseline, dose.Contributions);
        Assert.Equal(dose.Score * dose.Score, dose.Value, DoseTolerance);
        Assert.InRange(dose.Value, dose.Interval.Low, dose.Interval.High);
        Assert.True(dose.Interval.Low >= 0);
        Assert.Equal(0.8, dose.Interval.Level);
    }

    private static void AssertAddsUp(double score, double baseline, IReadOnlyList<FeatureContribution> contributions)
    {
        Assert.NotEmpty(contributions);
        Assert.Equal(score, baseline + contributions.Sum(static part => part.Contribution), ScoreTolerance);
        Assert.Equal(contributions.OrderByDescending(static part => Math.Abs(part.Contribution)).Select(static part => part.Contribution),
            contributions.Select(static part => part.Contribution));
        Assert.Distinct(contributions.Select(static part => part.Feature));
    }
}
