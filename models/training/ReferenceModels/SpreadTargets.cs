using DrugResponse.Training.Evidence;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// How far a patient's true log-odds may lie from a model's score: quantiles over worlds and over what the caller did not say.
/// </summary>
internal sealed class SpreadTargets(RiskEquation equation, Worlds worlds, Donors donors, RiskTeacher teacher)
{
    // An interval of no width would claim that the published figures are exact.
    private const double LeastDistance = 0.02;

    // Quantile of the standard normal distribution that leaves 5 % above: the ends of a 90 % interval.
    private const double NinetyFivePercent = 1.6448536269514722;

    private readonly bool[] _isGenotype = [.. equation.Factors.Select(static factor => factor.IsGenotype)];

    /// <summary>Distances from the score down to the lower and up to the upper quantile, neither negative.</summary>
    /// <param name="truths">Draws of the true log-odds, in order.</param>
    /// <param name="score">The model's score of what was given.</param>
    /// <param name="level">Share of the draws between the ends.</param>
    public static (double Below, double Above) Distances(double[] truths, double score, double level)
    {
        var tail = (1 - level) / 2;
        return (Math.Max(score - Quantile(truths, tail), LeastDistance), Math.Max(Quantile(truths, 1 - tail) - score, LeastDistance));
    }

    /// <summary>Distances for a patient of whom everything is known: there the true log-odds is normal over worlds.</summary>
    /// <param name="row">The patient.</param>
    /// <param name="score">The model's score.</param>
    public (double Below, double Above) Exact(CohortRow row, double score)
    {
        var (mean, deviation) = worlds.Moments(teacher.FullAmounts(row));
        var reach = NinetyFivePercent * deviation;
        return (Math.Max(reach + score - mean, LeastDistance), Math.Max(reach + mean - score, LeastDistance));
    }

    /// <summary>Draws of a patient's true log-odds, in order: over worlds and over what the caller did not say.</summary>
    /// <param name="row">The patient.</param>
    /// <param name="draws">How many draws.</param>
    /// <param name="random">The stream.</param>
    public double[] Draw(CohortRow row, int draws, CohortRandom random)
    {
        var truths = new double[draws];
        var amounts = teacher.FullAmounts(row);
        var known = teacher.Amounts(row.Given);
        var isHidden = Array.ConvertAll(known, double.IsNaN);
        var lacksGenotype = Enumerable.Range(0, isHidden.Length).Any(k => isHidden[k] && _isGenotype[k]);
        var genotypes = lacksGenotype ? donors.Genotype(row) : null;
        var firstWorld = random.Below(worlds.Count);
        for (var draw = 0; draw < draws; draw++)
        {
            Fill(amounts, isHidden, row, genotypes, random);
            // Worlds in turn: each is used as often as any other.
            truths[draw] = worlds.LogOdds((firstWorld + draw) % worlds.Count, amounts);
        }

        Array.Sort(truths);
        return truths;
    }

    private void Fill(double[] amounts, bool[] isHidden, CohortRow row, DonorChoice? genotypes, CohortRandom random)
    {
        var genotype = genotypes?.Draw(random);
        double[]? clinic = null;
        for (var k = 0; k < amounts.Length; k++)
        {
            if (isHidden[k])
                amounts[k] = _isGenotype[k] ? genotype![k] : (clinic ??= donors.Clinic(row, random))[k];
        }
    }

    private static double Quantile(double[] sorted, double probability)
    {
        var at = probability * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
