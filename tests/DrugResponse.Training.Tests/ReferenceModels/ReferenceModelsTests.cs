using System.Runtime.InteropServices;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.Publishing;
using DrugResponse.Training.ReferenceModels;
using DrugResponse.Training.Tests.Publishing;

namespace DrugResponse.Training.Tests.ReferenceModels;

/// <summary>What is promised of the shipped models of virtual cohorts, read from their cards and files.</summary>
public sealed class ReferenceModelsTests : IDisposable
{
    private const double CommonPrevalence = 0.02;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drug-response-reference-");

    public static TheoryData<string> Models => [.. RepositoryModels.VirtualCards.Where(card => !card.Value.HasNoKnownEffects).Select(card => card.Key)];

    [Fact]
    public void Every_endpoint_of_the_evidence_tables_has_a_model() =>
        Assert.Equal(EvidenceTables.Outcomes.Select(outcome => outcome.Id).Order(), RepositoryModels.VirtualCards.Keys.Order());

    [Fact]
    public void Every_drug_has_a_response_and_an_adverse_endpoint() =>
        Assert.All(ReferenceTraining.Drugs, drug =>
        {
            var kinds = RepositoryModels.Registry.Endpoints.Where(endpoint => endpoint.Drug == drug).Select(endpoint => endpoint.Kind).ToList();
            Assert.Contains(EndpointKind.Response, kinds);
            Assert.Contains(EndpointKind.Adverse, kinds);
        });

    [Theory]
    [MemberData(nameof(Models))]
    public void It_is_calibrated_in_unseen_patients(string model)
    {
        var slope = Metric(model, "calibration slope");
        var prevalence = Metric(model, "prevalence").Value;

        Assert.InRange(Metric(model, "observed / predicted").Value, 0.9, 1.1);
        if (Math.Min(prevalence, 1 - prevalence) > CommonPrevalence)
        {
            Assert.InRange(slope.Value, 0.9, 1.1);
            Assert.InRange(Metric(model, "expected calibration error").Value, 0, 0.015);
        }
        else
        {
            Assert.InRange(1, slope.Low!.Value, slope.High!.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Its_intervals_hold_the_truth_of_unseen_worlds_as_often_as_stated(string model)
    {
        const string Coverage = "coverage of the 90 % interval";
        var byAncestry = RepositoryModels.VirtualCards[model].Metrics.Where(metric =>
            metric.Name == Coverage && metric.Group.StartsWith("ancestry", StringComparison.Ordinal)).ToList();

        Assert.InRange(Metric(model, Coverage).Value, 0.88, 0.92);
        Assert.InRange(Metric(model, Coverage, "everything given").Value, 0.88, 0.92);
        Assert.Equal(9, byAncestry.Count);
        Assert.All(byAncestry, metric => Assert.InRange(metric.Value, 0.85, 0.95));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Its_intervals_hold_the_truth_as_often_where_a_rare_factor_is_there(string model) =>
        Assert.All(
            RepositoryModels.VirtualCards[model].Metrics.Where(metric => metric.Group.StartsWith("with: ", StringComparison.Ordinal)),
            metric => Assert.InRange(metric.Value, 0.84, 0.96));

    [Fact]
    public void Coverage_is_measured_in_carriers_of_the_alleles_that_harm()
    {
        Assert.All(
            (string[])["abacavir/hypersensitivity", "fluorouracil/severe-toxicity", "azathioprine/leukopenia", "carbamazepine/sjs-ten", "sevoflurane/malignant-hyperthermia"],
            model => Assert.Contains(RepositoryModels.VirtualCards[model].Metrics, metric => metric.Group.StartsWith("with: ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Withholding_the_decisive_genotype_widens_its_interval(string model)
    {
        var widening = RepositoryModels.VirtualCards[model].Metrics.FirstOrDefault(metric => metric.Name == "share of patients whose interval widens");
        var hasGenotype = RiskEquation.Of(EvidenceTables.Outcomes.Single(outcome => outcome.Id == model)).Factors.Any(factor => factor.IsGenotype);

        Assert.Equal(hasGenotype, widening is not null);
        if (widening is not null)
            Assert.InRange(widening.Value, 0.95, 1);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Published_risk_ratios_come_back_within_their_intervals(string model) =>
        Assert.All(RepositoryModels.VirtualCards[model].RiskRatios, ratio =>
        {
            var coefficient = RepositoryModels.VirtualCards[model].Coefficients.Single(each => each.Factor == ratio.Factor);
            if (ratio is { Low: { } low, High: { } high })
                Assert.InRange(ratio.Model, low, high);
            else if (coefficient.Note!.Contains("but by no more than 15 %", StringComparison.Ordinal))
                Assert.InRange(Math.Log(ratio.Model) / Math.Log(ratio.Published), 0.7, 1);
            else
                Assert.InRange(ratio.Model, 0.8 * ratio.Published, 1.25 * ratio.Published);
        });

    [Theory]
    [MemberData(nameof(Models))]
    public void It_comes_near_the_ceiling_that_the_generating_equation_sets(string model) =>
        Assert.InRange(
            Metric(model, "AUC", "everything given").Value,
            Metric(model, "AUC of the generating equation with everything known (ceiling)", "everything given").Value - 0.002,
            1);

    [Theory]
    [MemberData(nameof(Models))]
    public void Its_card_lists_every_effect_with_its_source_and_the_assumed_ones_among_the_limits(string model)
    {
        var card = RepositoryModels.VirtualCards[model];
        var evidence = EvidenceTables.Outcomes.Single(outcome => outcome.Id == model);

        Assert.Equal(evidence.Effects.Count(row => row.LeftOut is null) + 1, card.Coefficients.Count);
        Assert.Equal(evidence.Effects.Count(row => row.LeftOut is not null), card.LeftOut.Count);
        Assert.All(card.Coefficients, coefficient => Assert.NotEmpty(coefficient.Citation));
        Assert.All(
            card.Coefficients.Where(coefficient => coefficient.Basis == "assumed" && coefficient.Factor != "baseline"),
            coefficient => Assert.Contains(card.Limits, limit => limit.StartsWith("Assumed", StringComparison.Ordinal) && limit.Contains(coefficient.Description, StringComparison.Ordinal)));
    }

    [Fact]
    public void Endpoints_without_known_effects_give_the_published_rate_to_everybody()
    {
        var constant = RepositoryModels.VirtualCards.Where(card => card.Value.HasNoKnownEffects).ToList();

        Assert.Equal(["ondansetron/headache", "rasburicase/urate-target", "siponimod/raised-liver-enzymes"], constant.Select(card => card.Key).Order());
        Assert.Equal(0.87, Probability("rasburicase/urate-target"), 1e-5);
        Assert.Equal(0.12, Probability("siponimod/raised-liver-enzymes"), 1e-5);

        // 10 % without ondansetron and 2.8 points more with it.
        Assert.Equal(0.128, Probability("ondansetron/headache"), 1e-5);
    }

    [Fact]
    public void The_index_beside_the_registry_is_that_of_the_cards() =>
        Assert.Equal(ModelIndex.Text(RepositoryModels.Folder), File.ReadAllText(Path.Combine(RepositoryModels.Folder, ModelIndex.FileName)));

    [Theory]
    [InlineData("abacavir")]
    [InlineData("irinotecan")]
    public void A_drug_that_is_trained_again_comes_out_as_it_lies_here(string drug)
    {
        new ReferenceTraining(TrainingScale.Full, seed: 1).Run([drug], _folder.FullName, _ => { }, TestContext.Current.CancellationToken);

        foreach (var path in Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("registry.json", StringComparison.Ordinal)))
        {
            var relative = Path.GetRelativePath(_folder.FullName, path).Replace('\\', '/');
            if (OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64)
                Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(RepositoryModels.Bytes(relative)), $"{relative} came out otherwise.");
            else if (relative.EndsWith(".zip", StringComparison.Ordinal))
                AssertScoresAgree(ModelArchive.Read(File.ReadAllBytes(path)), RepositoryModels.Archive(relative));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void AssertScoresAgree(ModelArchive a, ModelArchive b)
    {
        var (first, second) = (a.Compile(), b.Compile());
        Assert.Equal(first.Inputs.Select(input => input.Name), second.Inputs.Select(input => input.Name));
        foreach (var value in new[] { float.NaN, 0, 1, 2, 50 })
        {
            float[] row = [.. first.Inputs.Select(_ => value)];
            Assert.Equal(first.Predict(row).Score, second.Predict(row).Score, 1e-6);
        }
    }

    private static double Probability(string model)
    {
        var scorer = RepositoryModels.Archive($"{model}/1.0.0/model.zip").Compile();
        return scorer.Predict([.. scorer.Inputs.Select(_ => float.NaN)]).Probability;
    }

    private static ModelMetric Metric(string model, string name, string group = "all") =>
        RepositoryModels.VirtualCards[model].Metrics.Single(metric => metric.Name == name && metric.Group == group);
}
