using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// Every feature that a model may ask for. An archive that asks for a name outside this list cannot be served and is refused
/// when it is loaded. Safe for use from any thread.
/// </summary>
public static class FeatureCatalogue
{
    /// <summary>
    /// All features: demographics, genotype, conditions, medications and what came of them, measurements, doses, and what earlier models
    /// said.
    /// </summary>
    public static ImmutableArray<Feature> All { get; } =
    [
        .. DemographicFeatures.All,
        .. GenotypeFeatures.All,
        .. GeneLevelFeatures.All,
        .. AlleleCountFeatures.All,
        .. DpydFeatures.All,
        .. HlaFeatures.All,
        .. MalignantHyperthermiaFeatures.All,
        .. UntestedGeneFeatures.All,
        .. ConditionFeatures.All,
        .. RiskFactorFeatures.All,
        .. MedicationFeatures.All,
        .. ComedicationFeatures.All,
        .. HistoryFeatures.All,
        .. MeasurementFeatures.All,
        .. VoriconazoleFeatures.All,
        .. DoseFeatures.All,
        .. ChainedFeatures.All,
    ];

    private static readonly FrozenDictionary<string, Feature> ByName =
        All.ToFrozenDictionary(static feature => feature.Name, StringComparer.Ordinal);

    /// <summary>Finds a feature by its exact name.</summary>
    /// <param name="name">Name as in an archive's input column.</param>
    /// <param name="feature">The feature, or null when there is none of that name.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGet(string name, [NotNullWhen(true)] out Feature? feature) => ByName.TryGetValue(name, out feature);

    /// <summary>The feature that a loaded card names; loading has seen to it that there is one.</summary>
    internal static Feature Get(string name) => ByName.TryGetValue(name, out var feature)
        ? feature
        : throw new InvalidOperationException($"A card that was loaded names '{name}', which is not in the feature catalogue.");
}
