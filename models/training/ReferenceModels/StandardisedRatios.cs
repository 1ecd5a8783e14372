using DrugResponse.Prediction.Models;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.Validation;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// Ratios of the published event that the model gives when one factor is set in every patient of the reference group (the group that the
/// published rate holds for: the population, without the factors that it is without), beside the published ones. A consistency check: the published numbers went in. Assumed effects and those used at another size than published are left out.
/// </summary>
internal static class StandardisedRatios
{
    private const int Patients = 4_000;

    /// <summary>The ratios of an endpoint.</summary>
    public static IReadOnlyList<RiskRatioCheck> Of(EndpointModels models, CohortRows population)
    {
        var columns = population.Columns(models.Features);
        var reference = ReferenceValues(models);
        float[][] rows = [.. population.Rows.Take(Patients).Select(row => Set(CohortRows.Pick(row.Full, columns), reference))];
        return
        [
            .. models.Equation.Factors.Where(IsAsPublished).Select(factor => Check(models, factor, rows)).OfType<RiskRatioCheck>(),
        ];
    }

    // The reference group itself: factors that it is without, or has at a stated amount, are set so in every patient.
    private static Dictionary<int, float> ReferenceValues(EndpointModels models)
    {
        var stated = models.Equation.ReferenceAmounts();
        var names = models.Features.ToList();
        var values = new Dictionary<int, float>();
        foreach (var feature in models.Equation.Features)
        {
            var factors = models.Equation.Factors.Index().Where(each => each.Item.Feature == feature).ToList();
            if (factors.Exists(each => double.IsNaN(stated[each.Index])))
                continue;
            var value = Candidates(factors[0].Item, [.. factors.Select(static each => each.Item)])
                .Cast<float?>()
                .FirstOrDefault(candidate => factors.TrueForAll(each => Math.Abs(each.Item.Term.Amount(candidate!.Value) - stated[each.Index]) < 1e-6));
            if (value is { } found)
                values[names.IndexOf(feature.Name)] = found;
        }

        return values;
    }

    private static float[] Set(float[] row, Dictionary<int, float> values)
    {
        foreach (var (column, value) in values)
            row[column] = value;
        return row;
    }

    private static bool IsAsPublished(RiskFactor factor)
    {
        var row = factor.Row;
        return factor.Feature is not null && row.Basis != EvidenceBasis.Assumed && row.Share is null && row.Value == row.PublishedValue
            && row.PublishedMeasure is "OR" or "RR" or "HR" or "risk";
    }

    private static RiskRatioCheck? Check(EndpointModels models, RiskFactor factor, float[][] rows)
    {
        var sameFeature = models.Equation.Factors.Where(each => each.Feature == factor.Feature).ToList();
        var (with, without) = Values(factor, sameFeature);
        if (float.IsNaN(with) || float.IsNaN(without))
            return null;
        var column = models.Features.ToList().IndexOf(factor.Feature!.Name);
        var isComplement = factor.Row.OnComplement != models.Equation.IsAbsenceOfEvent;
        var (p1, p0) = (Mean(models, rows, column, with, isComplement), Mean(models, rows, column, without, isComplement));
        var figure = factor.Row.PublishedMeasure switch
        {
            "RR" => p1 / p0,
            "HR" => Math.Log(1 - p1) / Math.Log(1 - p0),
            "risk" => p1,
            _ => p1 / (1 - p1) / (p0 / (1 - p0)),
        };
        return new RiskRatioCheck(
            factor.Row.Factor, factor.Row.PublishedMeasure, factor.Row.PublishedValue!.Value, factor.Row.PublishedLow, factor.Row.PublishedHigh, Figures.Round(figure));
    }

    // A value of the feature at which this factor alone is there, and one at which no factor is.
    private static (float With, float Without) Values(RiskFactor factor, List<RiskFactor> sameFeature)
    {
        var candidates = Candidates(factor, sameFeature).Cast<float?>().ToList();
        var without = candidates.Find(value => sameFeature.TrueForAll(each => each.Term.Amount(value!.Value) == 0));
        var with = candidates.Find(value =>
            sameFeature.TrueForAll(each => Math.Abs(each.Term.Amount(value!.Value) - (each == factor ? 1 : 0)) < 1e-6));
        return (with ?? float.NaN, without ?? float.NaN);
    }

    private static IEnumerable<float> Candidates(RiskFactor factor, List<RiskFactor> sameFeature) =>
        AllCandidates(factor, sameFeature).Where(value => value >= factor.Feature!.Min && value <= factor.Feature.Max);

    private static IEnumerable<float> AllCandidates(RiskFactor factor, List<RiskFactor> sameFeature)
    {
        var feature = factor.Feature!;
        if (feature.IsWhole)
        {
            for (var level = 0; level <= (int)feature.Max; level++)
                yield return level;
            yield break;
        }

        foreach (var threshold in sameFeature.SelectMany(static each => each.Term.Thresholds))
        {
            yield return (float)threshold;
            yield return MathF.BitDecrement((float)threshold);
        }

        var line = factor.Term.Line;
        for (var i = 0; line is not null && i <= 100; i++)
            yield return (float)(line.From + i * (line.To - line.From) / 100);
    }

    private static double Mean(EndpointModels models, float[][] rows, int column, float value, bool isComplement)
    {
        double sum = 0;
        foreach (var row in rows)
        {
            var changed = (float[])row.Clone();
            changed[column] = value;
            var p = EffectScale.Probability(models.Risk.Score(changed));
            sum += isComplement ? 1 - p : p;
        }

        return sum / rows.Length;
    }
}
