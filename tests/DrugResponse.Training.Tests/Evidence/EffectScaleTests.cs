using DrugResponse.Training.Evidence;

namespace DrugResponse.Training.Tests.Evidence;

/// <summary>Expected values were worked out by hand from the formulas that the tables' notes give.</summary>
public class EffectScaleTests
{
    [Fact]
    public void An_odds_ratio_is_its_logarithm_and_its_interval_the_standard_error()
    {
        var effect = EffectScale.Of(Row("OR", 4.5, 2.6, 7.7), 0.006);

        Assert.Equal(1.5041, effect.Value, 4);
        Assert.Equal(Math.Log(7.7 / 2.6) / 3.92, effect.StandardError, 10);
    }

    [Fact]
    public void A_ratio_of_risks_holds_at_the_baseline()
    {
        var effect = EffectScale.Of(Row("RR", 2, null, null), 0.25);

        // 0.25 x 2 = 0.5: odds 1 against 1/3.
        Assert.Equal(Math.Log(3), effect.Value, 10);
        Assert.Equal(0.3 / (1 - 0.5), effect.StandardError, 10);
    }

    [Fact]
    public void A_ratio_of_hazards_holds_for_the_survival_at_the_baseline()
    {
        var effect = EffectScale.Of(Row("HR", 2, null, null), 0.19);

        // 1 - 0.81^2 = 0.3439.
        Assert.Equal(Math.Log(0.3439 / 0.6561 / (0.19 / 0.81)), effect.Value, 10);
    }

    [Fact]
    public void A_risk_replaces_the_baseline() =>
        Assert.Equal(Math.Log(0.25 / 0.75) - Math.Log(1e-5 / (1 - 1e-5)), EffectScale.Of(Row("risk", 0.25, null, null), 1e-5).Value, 10);

    [Fact]
    public void A_risk_difference_is_added_to_the_baseline() =>
        Assert.Equal(Math.Log(0.128 / 0.872 / (0.1 / 0.9)), EffectScale.Of(Row("risk difference", 0.028, null, null), 0.1).Value, 10);

    [Fact]
    public void An_effect_on_the_opposite_lowers_the_odds_of_the_event()
    {
        var effect = EffectScale.Of(Row("HR", 2.7, 1.3, 5.6) with { OnComplement = true }, 0.9);

        // Failure 1 - 0.9^2.7 = 0.24760.
        Assert.Equal(-(Math.Log(0.247596 / 0.752404) - Math.Log(0.1 / 0.9)), effect.Value, 4);
        Assert.True(effect.StandardError > 0);
    }

    [Fact]
    public void A_shift_of_a_mean_goes_by_the_spread_between_patients() =>
        Assert.Equal(-1.28 / 13 * Math.PI / Math.Sqrt(3), EffectScale.Of(Row("beta", -1.28, -1.78, -0.78) with { OutcomeSd = 13 }, 0.8).Value, 10);

    [Fact]
    public void Overlapping_effects_are_used_by_their_share()
    {
        var effect = EffectScale.Of(Row("OR", 2, null, null) with { Share = 0.7 }, 0.1);

        Assert.Equal(0.7 * Math.Log(2), effect.Value, 10);
        Assert.Equal(0.7 * 0.3, effect.StandardError, 10);
    }

    [Fact]
    public void Assumed_effects_spread_more() =>
        Assert.Equal(0.5, EffectScale.Of(Row("OR", 2, null, null) with { Basis = EvidenceBasis.Assumed }, 0.1).StandardError);

    [Fact]
    public void A_ratio_beyond_certainty_is_refused() =>
        Assert.Throws<InvalidDataException>(() => EffectScale.Of(Row("RR", 4.4, null, null), 0.23));

    private static EffectRow Row(string measure, double value, double? low, double? high) => new()
    {
        Outcome = "made-up",
        Drug = "made-up",
        Factor = "factor",
        Description = "Factor",
        PublishedMeasure = measure,
        Measure = measure,
        Value = value,
        Low = low,
        High = high,
        Citation = "Made up",
        Basis = EvidenceBasis.Published,
    };
}
