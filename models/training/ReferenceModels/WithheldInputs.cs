using DrugResponse.Prediction.Features;
using DrugResponse.Training.Additive;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// Sees to it that withholding an input never makes an answer look more certain: the part of the squared distance that a missing value adds is
/// at least as large as what nearly any value would have added. Without this, a factor whose own effect is poorly known would widen the
/// interval, and leaving it out would narrow it.
/// </summary>
internal static class WithheldInputs
{
    // Share of patients whose own value may not give a wider interval: of each ancestry for a gene, of the population for all else.
    private const double NearlyOfGene = 0.95;
    private const double Nearly = 0.9;

    // By how much at least a missing value adds, as a share of the average squared distance.
    private const double LeastShare = 0.01;

    /// <summary>The models with the parts of untested genes raised where they were too small.</summary>
    /// <param name="models">The models.</param>
    /// <param name="population">Patients of the population, each counting once.</param>
    public static SpreadModels Widen(SpreadModels models, CohortRows population) =>
        new(Widen(models.Below, population), Widen(models.Above, population));

    private static AdditiveModel Widen(AdditiveModel model, CohortRows population)
    {
        var shapes = model.Shapes.ToArray();
        var average = population.Rows.Average(row => model.Score(CohortRows.Pick(row.Full, population.Columns(model.Shapes.Select(static shape => shape.Feature)))));
        for (var k = 0; k < shapes.Length; k++)
            if (!IsCompanion(shapes, shapes[k]) && !CompanionsOf(shapes[k].Feature).Any(IsUntested))
                shapes[k] = Raise(shapes[k], LeastShare * average, population);
        foreach (var companion in shapes.Select(static shape => shape.Feature).Where(IsUntested).ToList())
        {
            var genes = shapes.Where(shape => !IsUntested(shape.Feature) && CompanionsOf(shape.Feature).Contains(companion)).ToList();
            var at = Array.FindIndex(shapes, shape => shape.Feature == companion);
            shapes[at] = Raise(shapes[at], genes, LeastShare * average, population);
        }

        return model with { Shapes = shapes };
    }

    private static ShapeFunction Raise(ShapeFunction shape, double least, CohortRows population)
    {
        var column = population.Columns([shape.Feature])[0];
        double[] effects = [.. population.Rows.Select(row => shape.Effect(row.Full[column])).Order()];
        return shape with { MissingEffect = Math.Max(shape.MissingEffect, Rounded(AtShare(Nearly, effects) + least)) };
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
            var most = MostOfNearly(genes, columns, population, group) + effects[0] - missing + least;
            highest = Math.Max(highest, most);
            effects[group + 1] = Math.Max(effects[group + 1], Rounded(most));
        }

        // Ancestry that is coarse (Asian, mixed) or unknown may be any.
        for (var code = Ancestries.All.Count + 1; code < effects.Length; code++)
            effects[code] = Math.Max(effects[code], Rounded(highest));
        return companion with { Effects = effects, MissingEffect = Math.Max(companion.MissingEffect, Rounded(highest)) };
    }

    private static double MostOfNearly(List<ShapeFunction> genes, int[] columns, CohortRows population, int group) => AtShare(
        NearlyOfGene,
        [
            .. population.Rows
                .Where(row => row.Subject.Ancestry == group)
                .Select(row => CohortRows.Pick(row.Full, columns))
                .Select(values => genes.Select((gene, i) => gene.Effect(values[i])).Sum())
                .Order(),
        ]);

    private static double AtShare(double share, double[] sorted) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min((int)(share * sorted.Length), sorted.Length - 1)];

    private static double Rounded(double effect) => Math.Ceiling(effect * 1e6) / 1e6;

    private static bool IsUntested(string feature) => feature.EndsWith(Companions.UntestedAncestry, StringComparison.Ordinal);

    private static bool IsCompanion(ShapeFunction[] shapes, ShapeFunction shape) =>
        shapes.Any(each => CompanionsOf(each.Feature).Contains(shape.Feature));

    private static IEnumerable<string> CompanionsOf(string feature) =>
        FeatureCatalogue.TryGet(feature, out var known) ? Companions.Of(known).Select(static companion => companion.Name) : [];
}
