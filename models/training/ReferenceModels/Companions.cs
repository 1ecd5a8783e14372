using System.Collections.Frozen;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.ReferenceModels;

/// <summary>
/// The features that say what is left to know when a gene's own feature is missing: the ancestry that then stands in for it, and whatever
/// less was reported of the gene. An additive model cannot learn that from the ancestry alone, which would count for tested patients too.
/// </summary>
internal static class Companions
{
    private static readonly FrozenDictionary<string, string[]> ByFeature = new Dictionary<string, string[]>
    {
        ["abcg2Rs2231142TAlleles"] = ["abcg2UntestedAncestry"],
        ["cyp2b6Phenotype"] = ["cyp2b6UntestedAncestry"],
        ["cyp2c19Phenotype"] = ["cyp2c19UntestedAncestry"],
        ["cyp2c9Phenotype"] = ["cyp2c9PhenotypeUntestedAncestry"],
        ["cyp2c9Star2Alleles"] = ["cyp2c9UntestedAncestry", "cyp2c9PhenotypeWithoutAlleles"],
        ["cyp2c9Star3Alleles"] = ["cyp2c9UntestedAncestry", "cyp2c9PhenotypeWithoutAlleles"],
        ["cyp2d6ClinicalPhenotype"] = ["cyp2d6UntestedAncestry", "cyp2d6UntestedInhibited"],
        ["cyp3a5Phenotype"] = ["cyp3a5UntestedAncestry"],
        ["cyp4f2Star3Alleles"] = ["cyp4f2UntestedAncestry"],
        ["dpydC2846Alleles"] = ["dpydUntestedAncestry", "dpydPhenotypeWithoutVariants"],
        ["dpydHapB3Alleles"] = ["dpydUntestedAncestry", "dpydPhenotypeWithoutVariants"],
        ["dpydOtherReducedAlleles"] = ["dpydUntestedAncestry", "dpydPhenotypeWithoutVariants"],
        ["dpydStar13Alleles"] = ["dpydUntestedAncestry", "dpydPhenotypeWithoutVariants"],
        ["dpydStar2AAlleles"] = ["dpydUntestedAncestry", "dpydPhenotypeWithoutVariants"],
        ["g6pdPhenotype"] = ["g6pdUntestedAncestry", "maleG6pdUntested"],
        ["hlaA3101Carrier"] = ["hlaA3101UntestedAncestry"],
        ["hlaB1502Carrier"] = ["hlaB1502UntestedAncestry"],
        ["hlaB5701Carrier"] = ["hlaB5701UntestedAncestry"],
        ["hlaB5801Carrier"] = ["hlaB5801UntestedAncestry"],
        ["malignantHyperthermiaSusceptibility"] = ["ryr1UntestedAncestry"],
        ["nudt15Phenotype"] = ["nudt15UntestedAncestry"],
        ["slco1b1Rs4149056CAlleles"] = ["slco1b1UntestedAncestry"],
        ["tpmtPhenotype"] = ["tpmtUntestedAncestry"],
        ["ugt1a1Phenotype"] = ["ugt1a1UntestedAncestry"],
        ["ugt1a1Star28Alleles"] = ["ugt1a1UntestedAncestry", "ugt1a1PhenotypeWithoutAlleles"],
        ["ugt1a1Star6Alleles"] = ["ugt1a1UntestedAncestry", "ugt1a1PhenotypeWithoutAlleles"],
        ["voriconazoleTroughMgPerL"] = ["cyp2c19WithoutVoriconazoleTrough"],
        ["vkorc1Rs9923231TAlleles"] = ["vkorc1UntestedAncestry"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Ending of the features that hold the ancestry of patients whose gene was not tested.</summary>
    public const string UntestedAncestry = "UntestedAncestry";

    /// <summary>The features together with their companions, each once.</summary>
    public static IReadOnlyList<Feature> With(IEnumerable<Feature> features)
    {
        var own = features.ToList();
        return [.. own.Concat(own.SelectMany(Of)).Distinct()];
    }

    /// <summary>The companions of a feature.</summary>
    public static IEnumerable<Feature> Of(Feature feature) =>
        ByFeature.GetValueOrDefault(feature.Name, []).Select(static name =>
            FeatureCatalogue.TryGet(name, out var companion) ? companion : throw new InvalidOperationException($"There is no feature '{name}'."));
}
