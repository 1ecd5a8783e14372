using DrugResponse.Prediction.Features;
using DrugResponse.Training.Additive;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// Sees to it that withholding a genotype never makes an answer look more certain: the part of the squared distance that an untested gene
/// adds is at least as large as what any common result of it would have added. Without this, a genotype whose own effect is poorly known
/// would widen the interval, and leaving it out would narrow it.
/// </summary>
internal static class WithheldGenotypes
{
    // Results rarer than this in an ancestry may be wider than the interval without a test.
    private const double CommonShare = 0.02;

    // By how much at least an untested gene adds, as a share of the average squared distance.
    private const double LeastShare = 0.02;

    /// <summary>The models with the parts of untested genes raised where they were too small.</summary>
    /// <param name="models">The models.</param>
    /// <param name="population">Patients of the population, each counting once.</param>
    public static SpreadModels Widen(SpreadModels models, CohortRows population) =>
        new(Widen(models.Below, population), Widen(models.Above, population));

    private static AdditiveModel Widen(AdditiveModel model, CohortRows population)
    {
        var shapes = model.Shapes.ToArray();
        foreach (var companion in shapes.Select(static shape => shape.Feature).Where(IsUntested).ToList())
        {
            var genes = shapes.Where(shape => !IsUntested(shape.Feature) && CompanionsOf(shape.Feature).Contains(companion)).ToList();
            var at = Array.FindIndex(shapes, shape => shape.Feature == companion);
            shapes[at] = Raise(shapes[at], genes, LeastShare * model.Intercept, population);
        }

        return model with { Shapes = shapes };
    }

    // Bin 0 of the companion says that the gene was tested; bin a that it was not, in ancestry a; the missing bin, in nobody knows which.
    private static ShapeFunction Raise(ShapeFunction companion, List<ShapeFunction> genes, double least, CohortRows population)
    {
        var columns = population.Columns(genes.Select(static gene => gene.Feature));
        var missing = genes.Sum(static gene => gene.MissingEffect);
        var effects = (double[])companion.Effects.Clone();
        var highest = double.NegativeInfinity;
        for (var group = 0; group < Ancestries.All.Count; group++)
        {
            var most = MostOfCommon(genes, columns, population, group) + effects[0] - missing + least;
            highest = Math.Max(highest, most);
            effects[group + 1] = Math.Max(effects[group + 1], Rounded(most));
        }

        // Ancestry that is coarse (Asian, mixed) or unknown may be any.
        for (var code = Ancestries.All.Count + 1; code < effects.Length; code++)
            effects[code] = Math.Max(effects[code], Rounded(highest));
        return companion with { Effects = effects, MissingEffect = Math.Max(companion.MissingEffect, Rounded(highest)) };
    }

    private static double MostOfCommon(List<ShapeFunction> genes, int[] columns, CohortRows population, int group)
    {
        var sums = population.Rows
            .Where(row => row.Subject.Ancestry == group)
            .Select(row => CohortRows.Pick(row.Full, columns))
            .Select(values => Math.Round(genes.Select((gene, i) => gene.Effect(values[i])).Sum(), 9))
            .CountBy(static sum => sum)
            .ToList();
        var patients = sums.Sum(static sum => sum.Value);
        return sums.Where(sum => sum.Value >= CommonShare * patients).Max(static sum => sum.Key);
    }

    private static double Rounded(double effect) => Math.Ceiling(effect * 1e6) / 1e6;

    private static bool IsUntested(string feature) => feature.EndsWith(Companions.UntestedAncestry, StringComparison.Ordinal);

    private static IEnumerable<string> CompanionsOf(string feature) =>
        FeatureCatalogue.TryGet(feature, out var known) ? Companions.Of(known).Select(static companion => companion.Name) : [];
}
