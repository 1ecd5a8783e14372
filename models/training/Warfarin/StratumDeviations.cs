using DrugResponse.Prediction.Models;
using DrugResponse.Training.Validation;

namespace DrugResponse.Training.Warfarin;

/// <summary>Deviations of the truth from the score in one stratum, each belonging to a subject.</summary>
/// <param name="Stratum">What is hidden.</param>
/// <param name="Deviations">Truth minus score on the model's scale, and the subject it was measured on.</param>
internal sealed record StratumDeviations(Hidden Stratum, IReadOnlyList<(int Subject, double Deviation)> Deviations)
{
    /// <summary>
    /// Offsets that hold a new deviation with the stated chance, and how often they did so in each fold of subjects when they
    /// were taken from the other folds.
    /// </summary>
    public IntervalStratum ToInterval(double level, IReadOnlyList<int> folds)
    {
        var (lower, upper) = Offsets(Deviations.Select(static each => each.Deviation), level);
        return new IntervalStratum(
            WarfarinStrata.Features(Stratum),
            lower,
            upper,
            Deviations.Select(static each => each.Subject).Distinct().Count(),
            Math.Round(Covered(level, folds).Average(static each => each.IsCovered ? 1.0 : 0), 4));
    }

    /// <summary>Whether each deviation lies within offsets taken from the other folds.</summary>
    public IEnumerable<(int Subject, bool IsCovered)> Covered(double level, IReadOnlyList<int> folds)
    {
        foreach (var fold in Deviations.GroupBy(each => folds[each.Subject]))
        {
            var (lower, upper) = Offsets(
                Deviations.Where(each => folds[each.Subject] != fold.Key).Select(static each => each.Deviation), level);
            foreach (var (subject, deviation) in fold)
                yield return (subject, deviation >= lower && deviation <= upper);
        }
    }

    // Four decimals are a thousandth of the width of the narrowest interval; an interval always holds the score itself.
    private static (double Lower, double Upper) Offsets(IEnumerable<double> deviations, double level)
    {
        var (lower, upper) = Quantiles.Conformal(deviations, level);
        return (Math.Min(0, Math.Round(lower, 4)), Math.Max(0, Math.Round(upper, 4)));
    }
}
