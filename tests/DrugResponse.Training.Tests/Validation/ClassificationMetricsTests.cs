using DrugResponse.Training.Validation;

namespace DrugResponse.Training.Tests.Validation;

public class ClassificationMetricsTests
{
    [Fact]
    public void Area_is_the_share_of_pairs_in_the_right_order()
    {
        // Pairs of a yes (0.9, 0.4) with a no (0.4, 0.2, 0.6): won, won, won; tied, won, lost.
        var area = ClassificationMetrics.AreaUnderCurve([true, true, false, false, false], [0.9, 0.4, 0.4, 0.2, 0.6]);

        Assert.Equal(4.5 / 6, area, 12);
    }

    [Fact]
    public void A_row_counted_twice_is_two_rows()
    {
        var counted = ClassificationMetrics.AreaUnderCurve([true, false, false], [0.5, 0.4, 0.6], [1, 2, 1]);
        var repeated = ClassificationMetrics.AreaUnderCurve([true, false, false, false], [0.5, 0.4, 0.4, 0.6]);

        Assert.Equal(repeated, counted, 12);
    }

    [Fact]
    public void Area_interval_holds_the_area()
    {
        var random = new Random(1);
        var probabilities = Enumerable.Range(0, 400).Select(_ => random.NextDouble()).ToList();
        var outcomes = probabilities.Select(p => random.NextDouble() < p).ToList();

        var (low, high) = ClassificationMetrics.AreaInterval(outcomes, probabilities, seed: 2);

        Assert.InRange(ClassificationMetrics.AreaUnderCurve(outcomes, probabilities), low, high);
        Assert.InRange(high - low, 0.02, 0.15);
    }

    [Fact]
    public void Brier_is_the_mean_squared_error()
    {
        Assert.Equal((0.01 + 0.25) / 2, ClassificationMetrics.Brier([true, false], [0.9, 0.5]), 12);
    }

    [Fact]
    public void Calibration_of_probabilities_that_are_too_extreme_has_a_slope_under_one()
    {
        var random = new Random(1);
        var truths = Enumerable.Range(0, 50_000).Select(_ => random.NextDouble() * 4 - 2).ToList();
        var outcomes = truths.Select(logOdds => random.NextDouble() < 1 / (1 + Math.Exp(-logOdds))).ToList();

        var (intercept, slope) = ClassificationMetrics.Calibration(
            outcomes, [.. truths.Select(logOdds => 1 / (1 + Math.Exp(-(2 * logOdds + 1))))]);

        // The truth is half of (stated log-odds - 1).
        Assert.Equal(-0.5, intercept, 0.05);
        Assert.Equal(0.5, slope, 0.03);
    }
}
