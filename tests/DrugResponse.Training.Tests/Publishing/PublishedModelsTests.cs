using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Tests.Publishing;

/// <summary>What lies in <c>models/</c> hangs together and says what pharmacology knows.</summary>
public class PublishedModelsTests
{
    private static readonly ModelRegistry Registry = RepositoryModels.Registry;

    public static TheoryData<string, string> Versions => VersionsWhere(static _ => true);

    /// <summary>Those whose card gives the interval.</summary>
    public static TheoryData<string, string> VersionsWithStrata => VersionsWhere(static version => version.Spread is null);

    [Fact]
    public void Every_drug_has_one_primary_endpoint_of_each_kind_and_an_active_version_that_exists()
    {
        Assert.Equal(ModelRegistry.CurrentFormatVersion, Registry.FormatVersion);
        Assert.All(Registry.Endpoints.GroupBy(endpoint => (endpoint.Drug, endpoint.Kind)), group => Assert.Single(group, endpoint => endpoint.Primary));
        Assert.All(Registry.Endpoints, endpoint => Assert.Contains(endpoint.Versions, version => version.Version == endpoint.ActiveVersion));
    }

    [Fact]
    public void Hashes_are_those_of_the_files()
    {
        Assert.All(
            Registry.Endpoints.SelectMany(endpoint => endpoint.Versions).SelectMany(version => version.ListFiles()),
            static file => Assert.Equal(RepositoryModels.Sha256(file.Path), file.Sha256));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_input_is_a_feature_of_the_catalogue_and_may_be_missing(string model, string card)
    {
        var scorer = RepositoryModels.Archive(model).Compile();

        Assert.All(scorer.Inputs, input => Assert.True(FeatureCatalogue.TryGet(input.Name, out _), $"{card}: {input.Name}"));
        Assert.True(float.IsFinite(scorer.Predict([.. scorer.Inputs.Select(_ => float.NaN)]).Score));
    }

    [Theory]
    [MemberData(nameof(VersionsWithStrata))]
    public void Intervals_ask_for_inputs_of_their_model_and_end_with_one_for_all(string model, string card)
    {
        var inputs = RepositoryModels.Archive(model).Inputs.Select(input => input.Name).ToHashSet();
        var interval = RepositoryModels.Card(card).Interval;

        Assert.All(interval.Strata, stratum => Assert.Subset(inputs, stratum.Missing.ToHashSet()));
        Assert.All(interval.Strata, stratum => Assert.True(stratum.Lower < 0 && stratum.Upper > 0));
        Assert.Empty(interval.Strata[^1].Missing);
        Assert.All(interval.Strata, stratum => Assert.InRange(stratum.Coverage, interval.Level - 0.01, interval.Level + 0.01));
    }

    [Theory]
    [MemberData(nameof(VersionsWithStrata))]
    public void Intervals_are_wider_without_the_genotype(string model, string card)
    {
        var interval = RepositoryModels.Card(card).Interval;

        var (low, high, _) = interval.Around(5, _ => false);
        var (lowWithout, highWithout, _) = interval.Around(5, name => name is "vkorc1Rs9923231TAlleles" or "cyp2c9ActivityScore");

        Assert.True(highWithout - lowWithout > 1.15 * (high - low), model);
    }

    [Theory]
    [InlineData("vkorc1Rs9923231TAlleles", 0, 2, -1)]
    [InlineData("cyp2c9ActivityScore", 0, 2, 1)]
    [InlineData("ageDecade", 2, 8, -1)]
    [InlineData("weightKg", 50, 110, 1)]
    [InlineData("heightCm", 150, 190, 1)]
    [InlineData("amiodarone", 0, 1, -1)]
    [InlineData("enzymeInducer", 0, 1, 1)]
    public void The_dose_goes_where_pharmacology_says(string feature, float from, float to, int direction)
    {
        var archive = RepositoryModels.Archive("warfarin/dose/1.0.0/model.zip");
        var scorer = archive.Compile();
        float Score(float value) =>
            scorer.Predict([.. scorer.Inputs.Select(input => input.Name == feature ? value : float.NaN)]).Score;

        Assert.Equal(direction, Math.Sign(Score(to) - Score(from)));
    }

    [Fact]
    public void The_chance_that_the_standard_dose_suffices_rises_and_falls_with_the_predicted_dose()
    {
        var scorer = RepositoryModels.Archive("warfarin/standard-dose-suffices/1.0.0/model.zip").Compile();
        float Probability(float root) =>
            scorer.Predict([.. scorer.Inputs.Select(input => input.Name == "warfarinPredictedSqrtDose" ? root : float.NaN)]).Probability;

        Assert.True(Probability(5.9f) > 2 * Probability(4));
        Assert.True(Probability(5.9f) > 1.5 * Probability(8));
    }

    private static TheoryData<string, string> VersionsWhere(Func<RegisteredVersion, bool> condition) => new(
        Registry.Endpoints
            .SelectMany(static endpoint => endpoint.Versions)
            .Where(condition)
            .Select(static version => (version.Model, version.Card)));
}
