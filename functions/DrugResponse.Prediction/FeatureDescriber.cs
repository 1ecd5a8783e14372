using System.Collections.Frozen;
using DrugResponse.Contracts.Catalogue;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Prediction;

/// <summary>Says what the features are and which words of a request they are computed from. Pure and thread-safe.</summary>
public static class FeatureDescriber
{
    /// <summary>Describes the catalogue and the vocabulary; the same on every call.</summary>
    public static FeatureList Describe() => new(
        KnowledgeBase.Default.Version,
        [.. FeatureCatalogue.All.Select(Describe)],
        [
            .. ConditionWords.All.OrderBy(static entry => entry.Key, StringComparer.Ordinal)
                .Select(static entry => Describe(entry.Key, entry.Value)),
        ],
        [
            .. MeasurementNames.Ranges.OrderBy(static entry => entry.Key, StringComparer.Ordinal)
                .Select(static entry => new MeasurementSummary(entry.Key, entry.Value.Min, entry.Value.Max)),
        ],
        Terms(AdverseEventTerms.Words));

    private static FeatureSummary Describe(Feature feature) => new(
        feature.Name,
        feature.Unit,
        feature.Min,
        feature.Max,
        feature.Meaning,
        feature.Source,
        [.. feature.Inputs.Select(static input => new FeatureInputSummary(input.Path, input.Gene, input.Allele))],
        feature.ChainedFrom);

    private static ConditionTerm Describe(string condition, IReadOnlyList<string> words) => new(
        condition,
        words,
        [$"no {condition}", .. ConditionOpposites.All.GetValueOrDefault(condition, [])],
        ConditionNames.StatedOnly.Contains(condition));

    private static VocabularyTerm[] Terms(FrozenDictionary<string, IReadOnlyList<string>> words) =>
    [
        .. words.OrderBy(static entry => entry.Key, StringComparer.Ordinal)
            .Select(static entry => new VocabularyTerm(entry.Key, entry.Value)),
    ];
}
