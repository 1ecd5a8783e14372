using DrugResponse.Training.Warfarin;

namespace DrugResponse.Training.Tests.Warfarin;

public class StratumDeviationsTests
{
    [Fact]
    public void Offsets_are_the_conformal_bounds_and_coverage_is_measured_in_the_other_folds()
    {
        // Fold 0 deviates a hundred times as much as fold 1: offsets from one never fit the other.
        var deviations = Enumerable.Range(0, 100)
            .Select(subject => (subject, (subject % 50 - 24.5) * (subject < 50 ? 1 : 0.01)))
            .ToList();
        var folds = Enumerable.Range(0, 100).Select(subject => subject / 50).ToArray();

        var stratum = new StratumDeviations(Hidden.Vkorc1, deviations).ToInterval(0.8, folds);

        // Fold 1 lies wholly within fold 0's bounds, and nothing of fold 0 within fold 1's.
        Assert.Equal(0.5, stratum.Coverage);
        Assert.Equal(["vkorc1Rs9923231TAlleles"], stratum.Missing);
        Assert.Equal(100, stratum.Patients);
        Assert.True(stratum.Lower < 0 && stratum.Upper > 0);
    }

    [Fact]
    public void An_interval_always_holds_the_score()
    {
        var deviations = Enumerable.Range(0, 50).Select(subject => (subject, 1.0 + subject)).ToList();

        var stratum = new StratumDeviations(Hidden.Nothing, deviations).ToInterval(0.8, [.. Enumerable.Range(0, 50).Select(n => n % 2)]);

        Assert.Equal(0, stratum.Lower);
        Assert.Empty(stratum.Missing);
    }
}
