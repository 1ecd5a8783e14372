using DrugResponse.Training.Validation;

namespace DrugResponse.Training.Tests.Validation;

public class BootstrapTests
{
    [Fact]
    public void Interval_of_a_mean_agrees_with_its_standard_error()
    {
        var random = new Random(1);
        var figures = Enumerable.Range(0, 1000).Select(_ => random.NextDouble()).ToList();

        var (mean, low, high) = Bootstrap.Mean(figures, seed: 2);

        // Standard deviation of a uniform figure is sqrt(1/12); 1.96 standard errors on either side.
        Assert.Equal(1.96 * Math.Sqrt(1 / 12.0 / 1000), (high - low) / 2, 0.002);
        Assert.Equal(figures.Average(), mean, 12);
        Assert.InRange(mean, low, high);
    }

    [Fact]
    public void A_resample_has_as_many_subjects_as_there_are()
    {
        Assert.Equal(37, Bootstrap.Draw(37, new Random(1)).Sum());
    }
}
