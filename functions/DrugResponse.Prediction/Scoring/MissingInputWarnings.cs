using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Scoring;

/// <summary>
/// What a drug's models lacked. A feature that is not known is missed unless a stand-in is known in its place, and of several inputs only
/// those are named that were not given.
/// </summary>
internal static class MissingInputWarnings
{
    public static IEnumerable<Warning> Of(PatientProfile patient, IReadOnlyList<Scored> scored)
    {
        var missing = scored
            .Where(static one => !one.Model.Card.HasNoKnownEffects)
            .SelectMany(Missing)
            .SelectMany(feature => NotGiven(patient, feature))
            .Distinct()
            .ToArray();
        foreach (var path in missing.Where(input => input.Gene is null && !IsUnsaid(input)).Select(static input => input.Path).Distinct())
            yield return new Warning(WarningCodes.MissingFeature, path, $"{path} was not given; the models treat it as unknown.");

        string[] unsaid = [.. missing.Where(IsUnsaid).Select(static input => input.Condition!)];
        if (unsaid.Length > 0)
        {
            yield return new Warning(
                WarningCodes.MissingFeature,
                "/conditions",
                $"/conditions does not say whether these hold: {string.Join(", ", unsaid)}. The models treat them as unknown; "
                + $"'no {unsaid[0]}' says that one does not.");
        }

        foreach (var gene in missing.Where(static input => input.Gene is not null).GroupBy(static input => input.Gene!))
            yield return new Warning(WarningCodes.MissingGenotype, gene.First().Path, Describe(patient, gene.Key, gene));

        // A list was given, but facts of this kind are known only when it states them.
        bool IsUnsaid(FeatureInput input) => input.Condition is not null && patient.Conditions is not null;
    }

    private static IEnumerable<Feature> Missing(Scored scored)
    {
        var features = scored.Model.Features;
        var values = scored.Result.Values;
        for (var i = 0; i < features.Length; i++)
        {
            var feature = features[i];
            var isUnknown = feature.ChainedFrom is null && float.IsNaN(values[i]);
            if (isUnknown && !IsStandIn(feature) && !(feature.StandIn is { } name && IsKnown(name)))
                yield return feature;
        }

        bool IsStandIn(Feature candidate) => features.Any(feature => feature.StandIn == candidate.Name);

        bool IsKnown(string name) => features.Index().Any(entry => entry.Item.Name == name && !float.IsNaN(values[entry.Index]));
    }

    // Where everything was given and the value is not known all the same, what was given does not decide it.
    private static IReadOnlyList<FeatureInput> NotGiven(PatientProfile patient, Feature feature)
    {
        FeatureInput[] absent = [.. feature.Inputs.Where(input => !GivenInputs.Has(patient, input))];
        return absent.Length > 0 ? absent : [.. feature.Inputs.Where(static input => input.Gene is not null)];
    }

    // "CYP2C19 was typed without excluding *2, *3"; "HLA-B *57:01, *58:01 was not given or not called".
    private static string Describe(PatientProfile patient, string gene, IEnumerable<FeatureInput> inputs)
    {
        string?[] alleles = [.. inputs.Select(static input => input.Allele)];
        var lack = !alleles.Contains(null) ? $"{gene} {string.Join(", ", alleles)} was not given or not called"
            : patient.OpenAlleles.TryGetValue(gene, out var open) ? $"{gene} was typed without excluding {string.Join(", ", open)}"
            : $"{gene} was not given or not called";
        return $"{lack}; the models treat it as unknown and the intervals are wider.";
    }
}
