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
        var own = equation.Features.Count;
        double[] Risks(IEnumerable<CohortRow> rows) => [.. rows.Select(row => central.LogOdds(0, teacher.FullAmounts(row)))];
        double[] Weights(IEnumerable<CohortRow> rows) => [.. rows.Select(static row => row.Weight)];

        var complete = UnseenValues.With(terms.Take(own), training, training.Rows);
        var known = ExpectedRiskFit.Fit(
            [.. terms.Take(own)], [.. complete.Select(row => CohortRows.Pick(row.Full, columns[..own]))], Risks(complete), Weights(complete));
        float[][] partial = [.. training.Rows.Select(row => CohortRows.Pick(row.Given, columns))];
        var staged = new StagedFit(known, terms, CohortRows.Pick(training.Rows[0].Full, columns));
        var model = ExpectedRiskFit.FitMissing(staged, terms, partial, Risks(training.Rows), Weights(training.Rows));
        return Centring.Over(model, [.. cohort.Population.Rows.Select(row => CohortRows.Pick(row.Full, columns))]);
    }

    private static SpreadModels TrainSpread(
        IReadOnlyList<AdditiveTerm> terms, AdditiveModel risk, RiskEquation equation, Worlds central, DrugCohort cohort)
    {
        var training = cohort.Training;
        var random = cohort.Random($"spread/{equation.Evidence.Endpoint}");
        var population = new RiskTeacher(equation, cohort.Population);
        var sample = population.Population(cohort.Population.Rows.Take(DrugCohort.WorldSample));
        var worlds = Worlds.Draw(equation, central, sample, cohort.Scale.Worlds, random);
        var targets = new SpreadTargets(equation, worlds, new Donors(equation, cohort), new RiskTeacher(equation, training));
        var columns = training.Columns(terms.Select(static term => term.Feature));
        var chosen = training.Rows.Take(cohort.Scale.SpreadRows).ToList();
        var own = equation.Features.Count;
        double[] weights = [.. chosen.Select(static row => row.Weight)];

        var all = UnseenValues.With(terms.Take(own), training, chosen);
        float[][] complete = [.. all.Select(row => CohortRows.Pick(row.Full, columns))];
        var exact = all.Select((row, n) => targets.Exact(row, risk.Score(complete[n]))).ToList();
        float[][] partial = [.. chosen.Select(row => CohortRows.Pick(row.Given, columns))];
        double[] scores = [.. partial.Select(row => risk.Score(row))];
        var truths = chosen.Select(row => targets.Draw(row, cohort.Scale.Draws, random)).ToList();
        var drawn = truths.Select((draws, n) => SpreadTargets.Distances(draws, scores[n], Level)).ToList();

        SpreadRows Exact(Func<(double Below, double Above), double> side) =>
            new(complete, [.. exact.Select(side).Select(Square)], [.. all.Select(static row => row.Weight)]);
        SpreadRows Drawn(Func<(double Below, double Above), double> side) => new(partial, [.. drawn.Select(side).Select(Square)], weights);
        var fitted = new SpreadModels(
            SpreadFit.Staged(terms, own, Exact(static each => each.Below), Drawn(static each => each.Below)),
            SpreadFit.Staged(terms, own, Exact(static each => each.Above), Drawn(static each => each.Above)));
        return new CoverageRepair(partial, scores, truths, weights).Raise(WithheldInputs.Widen(fitted, cohort.Population));
    }

    private static double Square(double distance) => distance * distance;

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
