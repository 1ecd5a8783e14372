using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Tests.Support;
using DrugResponse.Testing;

namespace DrugResponse.Prediction.Tests.Answers;

public sealed class DrugRankingsTests
{
    [Fact]
    public async Task Responses_that_count_the_same_are_ranked_with_the_highest_first()
    {
        var models = await LoadAsync(
            ("sertraline", -0.5, "remission"), ("escitalopram", 0.5, "remission"), ("paroxetine", -0.4, "remission"));

        var ranking = Assert.Single(Predict(models).Rankings);

        Assert.Equal(("remission", "response"), (ranking.ComparisonGroup, ranking.Kind));
        Assert.Equal(["escitalopram", "paroxetine", "sertraline"], ranking.Drugs.Select(static drug => drug.Drug));
        Assert.All(ranking.Drugs, static drug => Assert.Equal("response", drug.Endpoint));
        Assert.Equal(1 / (1 + Math.Exp(-0.5)), ranking.Drugs[0].Probability, 1e-6);
    }

    [Fact]
    public async Task Harms_that_count_the_same_are_ranked_with_the_lowest_first()
    {
        var folder = FolderOf(("sertraline", -0.5, "harm"), ("escitalopram", 0.5, "harm"));
        foreach (var drug in new[] { "sertraline", "escitalopram" })
        {
            folder.Endpoint($"{drug}/response")["kind"] = "adverse";
            folder.ChangeCard($"{drug}/response", static card => card["kind"] = "adverse");
        }

        var ranking = Assert.Single(Predict(await folder.LoadAsync()).Rankings);

        Assert.Equal("adverse", ranking.Kind);
        Assert.Equal(["sertraline", "escitalopram"], ranking.Drugs.Select(static drug => drug.Drug));
    }

    [Fact]
    public async Task A_drug_is_distinguishable_from_the_best_one_only_if_the_intervals_lie_apart()
    {
        // Every interval reaches 0.25 below and above the log-odds: 0.4 overlaps with 0, and -0.6 does not.
        var models = await LoadAsync(("sertraline", 0, "remission"), ("escitalopram", 0.4, "remission"), ("paroxetine", -0.6, "remission"));

        var drugs = Assert.Single(Predict(models).Rankings).Drugs;

        Assert.Equal([null, false, true], drugs.Select(static drug => drug.Distinguishable));
    }

    [Fact]
    public async Task Drugs_without_a_comparable_endpoint_are_not_ranked()
    {
        var models = await LoadAsync(("sertraline", -0.5, "remission"), ("escitalopram", 0.5, "pain relief"), ("paroxetine", 0, null));

        Assert.Empty(Predict(models).Rankings);
    }

    [Fact]
    public async Task Only_the_drugs_that_were_asked_for_are_ranked()
    {
        var models = await LoadAsync(
            ("sertraline", -0.5, "remission"), ("escitalopram", 0.5, "remission"), ("paroxetine", -0.4, "remission"));

        var one = Clinic.Predict(new PredictionRequest { Candidates = ["sertraline"] }, models);
        var two = Clinic.Predict(new PredictionRequest { Candidates = ["sertraline", "paroxetine", "clopidogrel"] }, models);

        Assert.Empty(one.Rankings);
        Assert.Equal(["paroxetine", "sertraline"], Assert.Single(two.Rankings).Drugs.Select(static drug => drug.Drug));
    }

    [Fact]
    public async Task Of_two_endpoints_in_a_group_the_primary_one_is_compared()
    {
        var folder = FolderOf(("sertraline", -0.5, "remission"), ("escitalopram", 0.5, "remission"));
        folder.CopyToDrug("sertraline", "a-second-response", "sertraline/response");
        folder.Endpoint("a-second-response")["primary"] = false;

        var ranking = Assert.Single(Predict(await folder.LoadAsync()).Rankings);

        Assert.Equal(["response", "response"], ranking.Drugs.Select(static drug => drug.Endpoint));
    }

    [Fact]
    public async Task A_dose_is_in_no_group()
    {
        var folder = ModelFolder.OfRepository().ChangeCard(SmallModels.Dose, static card => card["comparisonGroup"] = "dose");

        Assert.Contains("puts a dose into a comparison group", Assert.Single(await folder.FaultsAsync()), StringComparison.Ordinal);
    }

    private static PredictionResponse Predict(ModelSet models) =>
        Clinic.Predict(new PredictionRequest { Candidates = ["sertraline", "escitalopram", "paroxetine"] }, models);

    private static Task<ModelSet> LoadAsync(params (string Drug, double LogOdds, string? Group)[] drugs) => FolderOf(drugs).LoadAsync();

    private static ModelFolder FolderOf(params (string Drug, double LogOdds, string? Group)[] drugs)
    {
        var folder = ModelFolder.OfRepository();
        foreach (var (drug, logOdds, group) in drugs)
        {
            folder.CopyToDrug(drug, "response", SmallModels.Suffices)
                .ReplaceArchive($"{drug}/response", SmallModels.RateArchive(logOdds))
                .ChangeCard($"{drug}/response", card =>
                {
                    SmallModels.SetStrata(card, ([], -0.25, 0.25));
                    card["comparisonGroup"] = group;
                });
        }

        return folder;
    }
}
