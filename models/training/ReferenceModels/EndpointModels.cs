using DrugResponse.Training.Additive;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>An endpoint's models with what taught them. Immutable.</summary>
/// <param name="Equation">The risk equation.</param>
/// <param name="Central">The world of the published figures.</param>
/// <param name="Population">Amounts of the factors in the population.</param>
/// <param name="Terms">Terms of both models.</param>
/// <param name="Risk">Log-odds of the endpoint.</param>
/// <param name="Spread">Squared distances of the interval's ends.</param>
internal sealed record EndpointModels(
    RiskEquation Equation, Worlds Central, PopulationAmounts Population, IReadOnlyList<AdditiveTerm> Terms, AdditiveModel Risk, SpreadModels Spread)
{
    /// <summary>Stated coverage of intervals.</summary>
    public const double Level = 0.9;

    /// <summary>Names of the models' inputs, in order.</summary>
    public IEnumerable<string> Features => Terms.Select(static term => term.Feature);

    /// <summary>Trains an endpoint's models on a drug's cohort.</summary>
    public static EndpointModels Train(RiskEquation equation, DrugCohort cohort)
    {
        var population = cohort.Population;
        var teacher = new RiskTeacher(equation, population);
        var amounts = teacher.Population(population.Rows);
        var central = Worlds.Central(equation, amounts);
        if (equation.HasNoFactors)
            return WithoutFactors(equation, central, amounts);

        var terms = EndpointTerms.Of(equation);
        var risk = TrainRisk(terms, equation, central, cohort);
        var spread = TrainSpread(terms, risk, equation, central, cohort);
        return new EndpointModels(equation, central, amounts, terms, risk, spread);
    }

    private static AdditiveModel TrainRisk(IReadOnlyList<AdditiveTerm> terms, RiskEquation equation, Worlds central, DrugCohort cohort)
    {
        var training = cohort.Training;
        var teacher = new RiskTeacher(equation, training);
        var columns = training.Columns(terms.Select(static term => term.Feature));
        var (rows, risks, weights) = (new List<float[]>(), new List<double>(), new List<double>());
        foreach (var row in training.Rows)
        {
            var risk = central.LogOdds(0, teacher.FullAmounts(row));
            foreach (var features in new[] { row.Full, row.Given })
            {
                rows.Add(CohortRows.Pick(features, columns));
                risks.Add(risk);
                weights.Add(row.Weight);
            }
        }

        return ExpectedRiskFit.Fit(terms, rows, risks, weights);
    }

    private static SpreadModels TrainSpread(
        IReadOnlyList<AdditiveTerm> terms, AdditiveModel risk, RiskEquation equation, Worlds central, DrugCohort cohort)
    {
        var (population, training, scale) = (cohort.Population, cohort.Training, cohort.Scale);
        var populationTeacher = new RiskTeacher(equation, population);
        var teacher = new RiskTeacher(equation, training);
        var random = cohort.Random($"spread/{equation.Evidence.Endpoint}");
        var sample = populationTeacher.Population(population.Rows.Take(DrugCohort.WorldSample));
        var worlds = Worlds.Draw(equation, central, sample, scale.Worlds, random);
        var donors = new Donors(population.Rows, [.. population.Rows.Select(populationTeacher.FullAmounts)]);
        var targets = new SpreadTargets(equation, worlds, donors, teacher);

        var columns = training.Columns(terms.Select(static term => term.Feature));
        var (rows, scores, truths, weights) = (new List<float[]>(), new List<double>(), new List<double[]>(), new List<double>());
        foreach (var (number, row) in training.Rows.Take(scale.SpreadRows).Index())
        {
            var shown = number % 2 == 0 ? row with { Given = row.Full, Hidden = HiddenParts.Nothing } : row;
            rows.Add(CohortRows.Pick(shown.Given, columns));
            scores.Add(risk.Score(rows[^1]));
            truths.Add(targets.Draw(shown, scale.Draws, random));
            weights.Add(row.Weight);
        }

        var distances = truths.Zip(scores, static (draws, score) => SpreadTargets.Distances(draws, score, Level)).ToList();
        var repair = new CoverageRepair(rows, scores, truths, weights);
        int[] complete = [.. Enumerable.Range(0, rows.Count).Where(static number => number % 2 == 0)];
        var fitted = repair.Scale(SpreadFit.Fit(terms, rows, distances, weights), complete);
        return repair.Raise(WithheldGenotypes.Widen(fitted, population));
    }

    // Nothing differs between patients: the published rate for everybody, with the spread of the rate itself.
    private static EndpointModels WithoutFactors(RiskEquation equation, Worlds central, PopulationAmounts amounts)
    {
        const double NinetyFivePercent = 1.6448536269514722;
        double[] everybody = [.. equation.Factors.Select(static _ => 1.0)];
        var variance = equation.Factors.Select(static factor => factor.Effect).Append(equation.Baseline)
            .Sum(static effect => effect.StandardError * effect.StandardError);
        AdditiveTerm[] terms = [new AdditiveTerm { Feature = "ageYears", Cuts = [50], StepPenalty = 1 }];
        var square = Constant(terms[0], NinetyFivePercent * NinetyFivePercent * variance);
        return new EndpointModels(
            equation, central, amounts, terms, Constant(terms[0], central.LogOdds(0, everybody)), new SpreadModels(square, square));
    }

    private static AdditiveModel Constant(AdditiveTerm term, double value) => new(
        Math.Round(value, 6),
        [new ShapeFunction(term.Feature, [.. term.Cuts.Select(static cut => (double)cut), double.PositiveInfinity], new double[term.Cuts.Length + 1], 0)]);
}
