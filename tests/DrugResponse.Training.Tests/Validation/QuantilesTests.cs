using DrugResponse.Training.Validation;

namespace DrugResponse.Training.Tests.Validation;

public class QuantilesTests
{
    [Fact]
    public void Conformal_bounds_are_the_order_statistics_that_hold_a_new_value()
    {
        // 19 values: floor(20 x 0.1) = 2nd and ceil(20 x 0.9) = 18th smallest.
        var values = Enumerable.Range(1, 19).Select(value => (double)value).Reverse();

        var (lower, upper) = Quantiles.Conformal(values, 0.8);

        Assert.Equal(2, lower);
        Assert.Equal(18, upper);
    }

    [Fact]
    public void Too_few_values_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Quantiles.Conformal([1, 2, 3], 0.8));
    }

    [Fact]
    public void A_new_value_is_covered_as_often_as_stated()
    {
        var random = new Random(5);
        var covered = 0;
        for (var trial = 0; trial < 4000; trial++)
        {
            var (lower, upper) = Quantiles.Conformal(Enumerable.Range(0, 39).Select(_ => random.NextDouble()), 0.8);
            var value = random.NextDouble();
            covered += value >= lower && value <= upper ? 1 : 0;
        }

        Assert.InRange(covered / 4000.0, 0.78, 0.82);
    }
}
