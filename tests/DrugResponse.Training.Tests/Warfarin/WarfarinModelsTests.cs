using DrugResponse.Training.Additive;
using DrugResponse.Training.Warfarin;
using static DrugResponse.Training.Tests.Warfarin.MadeUpCohort;

namespace DrugResponse.Training.Tests.Warfarin;

public class WarfarinModelsTests
{
    [Fact]
    public void Examples_of_a_subject_carry_its_index_and_count_one_and_a_copy()
    {
        var subjects = Read(With(), With(("race", "Missing or Mixed")));

        var examples = Examples.Of(subjects, copyWeight: 0.25, seed: 1);

        Assert.Equal([0, 0, 1, 1, 1], examples.Select(example => example.Subject));
        Assert.Equal([1, 0.25, 0.5, 0.5, 0.25], examples.Select(example => example.Weight));
    }

    [Fact]
    public void A_copy_has_something_hidden_and_nothing_changed()
    {
        var subjects = Read(Many(200, seed: 1));

        var copies = Examples.Of(subjects, copyWeight: 0.25, seed: 1).Where(example => example.Weight == 0.25);

        Assert.All(copies, copy =>
        {
            var original = subjects[copy.Subject].Profile;
            Assert.True(copy.Profile.WeightKg is null || copy.Profile.WeightKg == original.WeightKg);
            Assert.True(copy.Profile.AgeYears is null || copy.Profile.AgeYears == original.AgeYears);
            Assert.All(copy.Profile.Alleles, pair => Assert.Equal(original.Alleles[pair.Key], pair.Value));
        });
        Assert.Contains(copies, copy => !copy.Profile.Alleles.ContainsKey("VKORC1") && subjects[copy.Subject].Vkorc1Variants is not null);
    }

    [Fact]
    public void A_subject_who_is_held_out_leaves_no_trace_in_any_of_the_models()
    {
        var people = Many(150, seed: 2);
        var changed = people.ToArray();
        changed[17] = new Dictionary<string, string>(people[17]) { ["therapeutic_dose_mg_week"] = "149", ["weight_kg"] = "199" };
        var weights = Enumerable.Range(0, people.Length).Select(subject => subject == 17 ? 0.0 : 1).ToArray();

        var without = WarfarinModels.Fit(new WarfarinData(Read(people), seed: 1), weights, seed: 1);
        var with = WarfarinModels.Fit(new WarfarinData(Read(changed), seed: 1), weights, seed: 1);

        AssertSame(without.Dose, with.Dose);
        AssertSame(without.Suffices, with.Suffices);
        AssertSame(without.Overdoses, with.Overdoses);
    }

    [Fact]
    public void The_score_that_the_later_models_learn_from_knows_nothing_of_the_subjects_own_dose()
    {
        var people = Many(150, seed: 2);
        var changed = people.ToArray();
        changed[17] = new Dictionary<string, string>(people[17]) { ["therapeutic_dose_mg_week"] = "149" };
        var weights = people.Select(_ => 1.0).ToArray();
        var data = new WarfarinData(Read(people), seed: 1);

        var before = WarfarinModels.OutOfFoldScores(data, weights, seed: 1);
        var after = WarfarinModels.OutOfFoldScores(new WarfarinData(Read(changed), seed: 1), weights, seed: 1);

        var own = data.Examples.Index().Where(example => example.Item.Subject == 17).Select(example => example.Index).ToList();
        Assert.NotEmpty(own);
        Assert.All(own, n => Assert.Equal(before[n], after[n]));
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void A_subject_who_counts_does_leave_a_trace()
    {
        var people = Many(150, seed: 2);
        var changed = people.ToArray();
        changed[17] = new Dictionary<string, string>(people[17]) { ["therapeutic_dose_mg_week"] = "149" };
        var weights = people.Select(_ => 1.0).ToArray();

        var before = WarfarinModels.FitDose(new WarfarinData(Read(people), seed: 1), weights);
        var after = WarfarinModels.FitDose(new WarfarinData(Read(changed), seed: 1), weights);

        Assert.NotEqual(before.Intercept, after.Intercept);
    }

    [Theory]
    [InlineData(27.9, false)]
    [InlineData(28, true)]
    [InlineData(42, true)]
    [InlineData(42.1, false)]
    public void The_standard_dose_suffices_within_a_fifth_of_it(double dose, bool holds)
    {
        Assert.Equal(holds, WarfarinEndpoint.StandardDoseSuffices.Holds(dose));
    }

    [Theory]
    [InlineData(23.3, true)]
    [InlineData(23.4, false)]
    [InlineData(35, false)]
    public void The_standard_dose_overdoses_beyond_one_and_a_half_times_the_need(double dose, bool holds)
    {
        Assert.Equal(holds, WarfarinEndpoint.StandardDoseOverdoses.Holds(dose));
    }

    private static void AssertSame(AdditiveModel expected, AdditiveModel actual)
    {
        Assert.Equal(expected.Intercept, actual.Intercept);
        Assert.All(expected.Shapes.Zip(actual.Shapes), pair =>
        {
            Assert.Equal(pair.First.Effects, pair.Second.Effects);
            Assert.Equal(pair.First.MissingEffect, pair.Second.MissingEffect);
        });
    }
}
