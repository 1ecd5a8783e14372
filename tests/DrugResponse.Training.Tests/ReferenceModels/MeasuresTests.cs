using DrugResponse.Training.Additive;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.ReferenceModels;
using DrugResponse.Training.Validation;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.Tests.ReferenceModels;

/// <summary>Measures checked against the independent ones for drawn outcomes, or against made-up truths.</summary>
public class MeasuresTests
{
    [Fact]
    public void The_expected_curve_of_certain_outcomes_is_the_usual_one()
    {
        var random = new CohortRandom(1);
        bool[] outcomes = [.. Enumerable.Range(0, 500).Select(_ => random.Chance(0.3))];
        double[] scores = [.. outcomes.Select(outcome => Math.Round(random.Normal() + (outcome ? 1 : 0), 1))];

        var area = ExpectedCurve.Area(scores, [.. outcomes.Select(outcome => outcome ? 1.0 : 0.0)]);

        Assert.Equal(ClassificationMetrics.AreaUnderCurve(outcomes, scores), area, 9);
    }

    [Fact]
    public void The_slope_is_the_usual_one_and_finds_what_is_too_extreme()
    {
        var random = new CohortRandom(2);
        double[] truths = [.. Enumerable.Range(0, 4000).Select(_ => random.Normal() - 1)];
        bool[] outcomes = [.. truths.Select(truth => random.Chance(EffectScale.Probability(truth)))];
        double[] scores = [.. truths.Select(truth => 2 * truth)];

        var fit = CalibrationFit.Of([.. outcomes.Select(outcome => outcome ? 1.0 : 0.0)], scores);

        Assert.Equal(ClassificationMetrics.Calibration(outcomes, [.. scores.Select(EffectScale.Probability)]).Slope, fit.Slope, 6);
        Assert.Equal(0.5, fit.Slope, 0.06);
        Assert.InRange(fit.StandardError, 0.01, 0.05);
    }

    [Fact]
    public void Rows_that_fall_into_the_same_bins_can_be_put_together_without_changing_the_fit()
    {
        var random = new CohortRandom(3);
        AdditiveTerm[] terms = [AdditiveTerm.Flag("a", 0.1), AdditiveTerm.Levels("b", [0, 1, 2], Direction.Free)];
        List<float[]> rows = [.. Enumerable.Range(0, 600).Select(_ => new[] { random.Below(2), random.Chance(0.2) ? float.NaN : random.Below(3) })];
        double[] outcomes = [.. rows.Select(row => 1 + row[0] + (float.IsNaN(row[1]) ? 0.5 : row[1]) + random.Normal())];
        double[] weights = [.. rows.Select(_ => 0.5 + random.Uniform())];

        var apart = AdditiveFit.Fit(terms, new TrainingSet(rows, outcomes, weights), new SquaredLoss());
        var grouped = BinGroups.Of(terms, rows, outcomes, weights);
        var together = AdditiveFit.Fit(terms, grouped, new SquaredLoss());

        Assert.InRange(grouped.Rows.Count, 4, 8);
        Assert.All(rows, row => Assert.Equal(apart.Score(row), together.Score(row), 5));
    }

    [Theory]
    [InlineData(0.000012345678, 0.00001235)]
    [InlineData(0.98765432, 0.9877)]
    [InlineData(-12.3456, -12.35)]
    [InlineData(34352, 34352)]
    [InlineData(0, 0)]
    public void Figures_have_four_significant_digits(double value, double rounded) => Assert.Equal(rounded, Figures.Round(value), 12);

    [Fact]
    public void A_model_learns_risks_from_one_in_a_hundred_thousand_to_one_in_four_at_once()
    {
        AdditiveTerm[] terms = [AdditiveTerm.Flag("carrier", 0.02) with { MissingPenalty = 0.02 }];
        List<float[]> rows = [[0], [1], [float.NaN], [float.NaN]];
        double[] risks = [1e-5, 0.25, 1e-5, 0.25];
        double[] weights = [9990, 10, 9990, 10];

        var model = ExpectedRiskFit.Fit(terms, rows, [.. risks.Select(EffectScale.Logit)], weights);

        Assert.Equal(1e-5, EffectScale.Probability(model.Score([0])), 1e-6);
        Assert.Equal(0.25, EffectScale.Probability(model.Score([1])), 0.01);
        Assert.Equal(0.00026, EffectScale.Probability(model.Score([float.NaN])), 0.00001);
    }
}
