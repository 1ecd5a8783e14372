using DrugResponse.Prediction.Models;

namespace DrugResponse.Prediction.Tests.Models;

public class ModelIntervalTests
{
    private static readonly ModelInterval Offsets = new(
        0.8,
        "Made up.",
        RelativeToScore: false,
        [
            new IntervalStratum(["a", "b"], -3, 4, 100, 0.8),
            new IntervalStratum(["b"], -2, 3, 100, 0.8),
            new IntervalStratum([], -1, 2, 100, 0.8),
        ]);

    [Theory]
    [InlineData("", 9, 12)]
    [InlineData("a", 9, 12)]
    [InlineData("b", 8, 13)]
    [InlineData("a b", 7, 14)]
    [InlineData("a b c", 7, 14)]
    public void The_first_stratum_whose_features_are_all_missing_applies(string missing, double low, double high)
    {
        var names = missing.Split(' ');

        var interval = Offsets.Around(10, names.Contains);

        Assert.Equal((low, high), (interval.Low, interval.High));
    }

    [Fact]
    public void Relative_offsets_are_fractions_of_the_score()
    {
        var (low, high, _) = (Offsets with { RelativeToScore = true }).Around(10, _ => false);

        Assert.Equal((0, 30), (low, high));
    }

    [Fact]
    public void Relative_offsets_keep_their_order_around_a_negative_score()
    {
        var (low, high, _) = (Offsets with { RelativeToScore = true }).Around(-10, _ => false);

        Assert.Equal((-20, 10), (low, high));
    }

    [Fact]
    public void An_interval_without_a_last_resort_is_an_error()
    {
        var interval = Offsets with { Strata = [Offsets.Strata[0]] };

        Assert.Throws<InvalidOperationException>(() => interval.Around(10, _ => false));
    }
}
