using DrugResponse.Training.Additive;

namespace DrugResponse.Training.Tests.Additive;

public class AdditiveFitTests
{
    private static readonly AdditiveTerm Curve = AdditiveTerm.Smooth("curve", 0.5, 9.5, 1, curvaturePenalty: 0.1);
    private static readonly AdditiveTerm Flag = AdditiveTerm.Flag("flag", penalty: 0.1);

    [Fact]
    public void Recovers_a_known_additive_function()
    {
        var data = Data(2000, noise: 0.1, (curve, flag) => 3 + Math.Sin(curve) + 2 * flag);

        var model = AdditiveFit.Fit([Curve, Flag], data, new HuberLoss(0.5));

        for (var curve = 0; curve <= 10; curve++)
            for (var flag = 0; flag <= 1; flag++)
                Assert.Equal(3 + Math.Sin(curve) + 2 * flag, model.Score([curve, flag]), 0.1);
    }

    [Fact]
    public void Effects_average_to_zero_over_the_rows_so_that_the_intercept_is_the_average_row()
    {
        var data = Data(2000, noise: 0.1, (curve, flag) => 3 + 0.3 * curve + 2 * flag);

        var model = AdditiveFit.Fit([Curve, Flag], data, new HuberLoss(5));

        Assert.Equal(data.Outcomes.Average(), model.Intercept, 0.02);
        Assert.Equal(0, data.Rows.Average(row => model.Shapes[1].Effect(row[1])), 0.01);
    }

    [Fact]
    public void Missing_values_have_a_level_of_their_own()
    {
        var known = Data(2000, noise: 0.1, (curve, _) => curve);
        var missing = new TrainingSet(
            [.. known.Rows, .. Enumerable.Repeat(new[] { float.NaN, 0f }, 500)],
            [.. known.Outcomes, .. Enumerable.Repeat(8.0, 500)],
            [.. Enumerable.Repeat(1.0, 2500)]);

        var model = AdditiveFit.Fit([Curve with { MissingPenalty = 0.1 }, Flag], missing, new HuberLoss(0.5));

        Assert.Equal(8, model.Score([float.NaN, 0]), 0.1);
        Assert.Equal(2, model.Score([2, 0]), 0.1);
    }

    [Fact]
    public void A_missing_level_that_no_row_shows_is_the_average_row()
    {
        var data = Data(500, noise: 0.1, (curve, _) => curve);

        var model = AdditiveFit.Fit([Curve, Flag], data, new HuberLoss(0.5));

        Assert.Equal(0, model.Shapes[0].MissingEffect, 6);
    }

    [Theory]
    [InlineData(Direction.Rising, -1)]
    [InlineData(Direction.Falling, 1)]
    internal void An_effect_against_its_direction_is_flat(Direction direction, int slope)
    {
        var data = Data(1000, noise: 0.5, (curve, _) => 5 + slope * curve);

        var model = AdditiveFit.Fit([Curve with { Direction = direction }, Flag], data, new HuberLoss(0.5));

        Assert.All(model.Shapes[0].Effects, effect => Assert.Equal(0, effect, 3));
    }

    [Fact]
    public void A_rising_term_follows_what_rises_and_is_flat_where_the_rows_fall()
    {
        var data = Data(3000, noise: 0.3, (curve, _) => curve <= 5 ? curve : 10 - curve);

        var model = AdditiveFit.Fit([Curve with { Direction = Direction.Rising }, Flag], data, new HuberLoss(0.5));

        var effects = model.Shapes[0].Effects;
        Assert.All(effects.Zip(effects.Skip(1)), pair => Assert.True(pair.Second >= pair.First));
        Assert.True(effects[3] - effects[0] > 2.5);
        Assert.Equal(effects[8], effects[10]);
    }

    [Fact]
    public void Logistic_scores_are_log_odds()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 20_000).Select(_ => new[] { (float)random.Next(2) }).ToList();
        var outcomes = rows.Select(row => random.NextDouble() < (row[0] == 1 ? 0.8 : 0.3) ? 1.0 : 0).ToList();

        var model = AdditiveFit.Fit(
            [AdditiveTerm.Flag("flag", 0.1)], new TrainingSet(rows, outcomes, [.. rows.Select(_ => 1.0)]), new LogisticLoss());

        Assert.Equal(Math.Log(0.8 / 0.2), model.Score([1]), 0.06);
        Assert.Equal(Math.Log(0.3 / 0.7), model.Score([0]), 0.06);
    }

    [Fact]
    public void One_wild_outcome_barely_moves_a_huber_fit()
    {
        var data = Data(200, noise: 0.1, (curve, _) => curve);
        var wild = data with { Outcomes = [1e6, .. data.Outcomes.Skip(1)] };

        var calm = AdditiveFit.Fit([Curve, Flag], data, new HuberLoss(0.5));
        var moved = AdditiveFit.Fit([Curve, Flag], wild, new HuberLoss(0.5));

        Assert.Equal(calm.Score([5, 0]), moved.Score([5, 0]), 0.2);
    }

    [Fact]
    public void Weight_two_is_the_same_as_twice_the_row()
    {
        var data = Data(100, noise: 1, (curve, flag) => curve + flag);
        var weighted = data with { Weights = [.. data.Weights.Select((_, n) => n < 30 ? 2.0 : 1)] };
        var repeated = new TrainingSet(
            [.. data.Rows, .. data.Rows.Take(30)],
            [.. data.Outcomes, .. data.Outcomes.Take(30)],
            [.. Enumerable.Repeat(1.0, 130)]);

        var a = AdditiveFit.Fit([Curve, Flag], weighted, new HuberLoss(0.5));
        var b = AdditiveFit.Fit([Curve, Flag], repeated, new HuberLoss(0.5));

        for (var curve = 0; curve <= 10; curve++)
            Assert.Equal(a.Score([curve, 1]), b.Score([curve, 1]), 4);
    }

    private static TrainingSet Data(int count, double noise, Func<double, double, double> truth)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, count).Select(_ => new[] { (float)random.Next(11), (float)random.Next(2) }).ToList();
        var outcomes = rows.Select(row => truth(row[0], row[1]) + noise * (random.NextDouble() * 2 - 1)).ToList();
        return new TrainingSet(rows, outcomes, [.. rows.Select(_ => 1.0)]);
    }
}
