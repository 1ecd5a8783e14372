using DrugResponse.Contracts.Predictions;
using DrugResponse.Pharmacogenomics.Guidance;
using DrugResponse.Pharmacogenomics.Phenoconversion;
using WireAction = DrugResponse.Contracts.Predictions.GuidanceAction;

namespace DrugResponse.Prediction.Answers;

/// <summary>Looks guidance up and puts it into the words of the wire.</summary>
internal static class GuidanceAnswer
{
    /// <summary>What guidelines say about a drug.</summary>
    /// <returns>The actions, and what the reader must know about their absence.</returns>
    public static (IReadOnlyList<WireAction> Actions, IReadOnlyList<Warning> Warnings) Of(
        string drug, ClinicalGenotype genotype, GuidanceContext context)
    {
        var guidance = GuidanceLookup.Find(drug, genotype, context);
        var warnings = new List<Warning>();
        if (guidance.GenesNeeded.Count > 0)
        {
            warnings.AddRange(guidance.GenesNeeded.Select(gene => new Warning(
                WarningCodes.MissingGenotype, "/genotype", $"Guidelines for {drug} look at {gene}, which was not given or not called.")));
        }

        if (guidance.Matches.Count == 0)
        {
            warnings.Add(new Warning(
                WarningCodes.NoGuidelineAction,
                null,
                $"No guideline action was found ({Reason(guidance.Status)}). That is not a statement that the drug is safe or effective."));
        }

        return ([.. guidance.Matches.Select(ToWire)], warnings);
    }

    private static string Reason(GuidanceStatus status) => status switch
    {
        GuidanceStatus.GenotypeMissing => "no gene that its guidelines look at was given",
        GuidanceStatus.NoGuidelineAction => "the guideline has no row for these results",
        GuidanceStatus.NoGuideline => "no guideline table covers the drug",
        _ => "the drug is not known to the guideline tables",
    };

    private static WireAction ToWire(GuidanceMatch match)
    {
        var (recommendation, action) = (match.Recommendation, match.Recommendation.Action);
        return new WireAction
        {
            Action = action.Action,
            FallbackAction = action.FallbackAction,
            DoseTarget = action.DoseTarget,
            DoseFactorMin = action.DoseFactorMin,
            DoseFactorMax = action.DoseFactorMax,
            DoseCapMgPerDay = action.DoseCapMgPerDay,
            Monitoring = action.Monitoring,
            Qualifiers = action.Qualifiers,
            Strength = action.Strength,
            Population = recommendation.Population,
            Genes = ByGene(recommendation.Keys, static key => key.Key),
            Phenotypes = ByGene(recommendation.Keys, static key => key.Phenotype),
            Implications = ByGene(recommendation.Keys, static key => key.Implications),
            Basis = match.Basis switch
            {
                GuidanceBasis.Genetic => "genetic",
                GuidanceBasis.Clinical => "clinical",
                _ => "both",
            },
            Reservations = match.Reservations,
            Source = recommendation.Guideline.ToString(),
        };
    }

    private static Dictionary<string, T> ByGene<T>(IReadOnlyList<RecommendationKey> keys, Func<RecommendationKey, T> read)
    {
        var byGene = new Dictionary<string, T>(keys.Count, StringComparer.Ordinal);
        for (var i = 0; i < keys.Count; i++)
            byGene.Add(keys[i].Gene.Value, read(keys[i]));
        return byGene;
    }
}
