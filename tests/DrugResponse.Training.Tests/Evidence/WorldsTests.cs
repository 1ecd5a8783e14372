using DrugResponse.Training.Evidence;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.Tests.Evidence;

public class WorldsTests
{
    private static readonly OutcomeEvidence Evidence = EvidenceTables.Outcomes.Single(outcome => outcome.Key == "clopidogrel_mace");
    private static readonly RiskEquation Equation = RiskEquation.Of(Evidence);

    [Fact]
    public void The_reference_group_has_the_published_rate_with_clinical_factors_as_in_the_population()
    {
        var population = Population();
        var central = Worlds.Central(Equation, population.Amounts);

        // Non-carriers: the genotype's amounts are 0, the others the patients' own.
        var risks = population.Patients.Select(patient =>
            1 - EffectScale.Probability(central.LogOdds(0, [.. patient.Index().Select(k => Equation.Factors[k.Index].IsGenotype ? 0 : k.Item)])));

        Assert.Equal(0.08, risks.Average(), 6);
    }

    [Fact]
    public void The_endpoint_is_the_absence_of_the_event()
    {
        var central = Worlds.Central(Equation, Population().Amounts);
        var nobody = new double[Equation.Factors.Count];
        var carrier = (double[])nobody.Clone();
        carrier[0] = 1;

        Assert.True(central.LogOdds(0, nobody) > 0);
        Assert.Equal(-central.Effects(0)[0], central.LogOdds(0, carrier) - central.LogOdds(0, nobody), 10);
    }

    [Fact]
    public void Averaged_over_the_other_factors_the_published_hazard_ratio_comes_back()
    {
        var population = Population();
        var central = Worlds.Central(Equation, population.Amounts);
        var factor = Find(Equation, "cyp2c19_im");

        double Event(double amount) => population.Patients.Average(patient => 1 - EffectScale.Probability(central.LogOdds(
            0, [.. patient.Select((own, k) => k == factor ? amount : Equation.Factors[k].IsGenotype ? 0 : own)])));

        Assert.Equal(1.55, Math.Log(1 - Event(1)) / Math.Log(1 - Event(0)), 3);
    }

    [Fact]
    public void Where_nothing_is_averaged_over_effects_stay_as_published()
    {
        var equation = RiskEquation.Of(EvidenceTables.Outcomes.Single(outcome => outcome.Key == "tacrolimus_new_diabetes"));
        var amounts = new PopulationAmounts([new double[equation.Factors.Count]], [1]);

        Assert.Equal(equation.Factors.Select(factor => factor.Effect.Value), Worlds.Central(equation, amounts).Effects(0));
    }

    [Fact]
    public void Drawn_effects_have_the_central_mean_and_the_published_spread()
    {
        var population = Population();
        var central = Worlds.Central(Equation, population.Amounts);
        var worlds = Worlds.Draw(Equation, central, population.Amounts, 500, new CohortRandom(1));
        for (var k = 0; k < Equation.Factors.Count; k++)
        {
            var effects = Enumerable.Range(0, worlds.Count).Select(w => worlds.Effects(w)[k]).ToList();
            var mean = effects.Average();
            var sd = Math.Sqrt(effects.Average(effect => (effect - mean) * (effect - mean)));

            Assert.Equal(central.Effects(0)[k], mean, 3);
            Assert.Equal(Equation.Factors[k].Effect.StandardError, sd, 0.02 * Equation.Factors[k].Effect.StandardError + 1e-9);
        }
    }

    [Fact]
    public void An_assumed_intermediate_effect_moves_in_step_with_the_poor_one()
    {
        var equation = RiskEquation.Of(EvidenceTables.Outcomes.Single(outcome => outcome.Key == "codeine_analgesia"));
        var (poor, intermediate) = (Find(equation, "cyp2d6_pm"), Find(equation, "cyp2d6_im"));
        var nobody = new double[equation.Factors.Count];
        var amounts = new PopulationAmounts([nobody], [1]);
        var central = Worlds.Central(equation, amounts);
        var worlds = Worlds.Draw(equation, central, amounts, 50, new CohortRandom(2));
        var expected = equation.Factors[intermediate].Effect.Value / equation.Factors[poor].Effect.Value;
        for (var w = 0; w < worlds.Count; w++)
        {
            double Effect(int k)
            {
                var one = new double[nobody.Length];
                one[k] = 1;
                return worlds.LogOdds(w, one) - worlds.LogOdds(w, nobody);
            }

            Assert.Equal(expected, Effect(intermediate) / Effect(poor), 9);
        }
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963985)]
    [InlineData(0.001, -3.090232306)]
    public void Normal_quantiles_are_those_of_tables(double probability, double quantile) =>
        Assert.Equal(quantile, NormalQuantile.Of(probability), 7);

    private static int Find(RiskEquation equation, string factor) => equation.Factors.Index().First(each => each.Item.Row.Factor == factor).Index;

    private static (PopulationAmounts Amounts, IReadOnlyList<double[]> Patients) Population()
    {
        var random = new CohortRandom(7);
        var patients = Enumerable.Range(0, 400).Select(_ => Equation.Factors.Select(_ => random.Chance(0.3) ? 1.0 : 0.0).ToArray()).ToList();
        return (new PopulationAmounts(patients, [.. patients.Select(_ => 1.0)]), patients);
    }
}
