using System.Collections.Immutable;
using System.Numerics;

namespace DrugResponse.Training.Warfarin;

/// <summary>
/// Patients by what is not known of them, out of five things that matter: each stratum of an interval is for those who lack
/// exactly these, the largest strata first, so that the first one whose features are all missing is the patient's own.
/// </summary>
internal static class WarfarinStrata
{
    private static readonly (Hidden Part, string Feature)[] Parts =
    [
        (Hidden.Vkorc1, "vkorc1Rs9923231TAlleles"),
        (Hidden.Cyp2c9, "cyp2c9ActivityScore"),
        (Hidden.BodySize, "weightKg"),
        (Hidden.Age, "ageDecade"),
        (Hidden.Ancestry, "ancestryAsian"),
    ];

    /// <summary>All combinations, most missing first, ending with nothing.</summary>
    public static ImmutableArray<Hidden> All { get; } =
    [
        .. Enumerable.Range(0, 1 << Parts.Length)
            .OrderByDescending(static set => BitOperations.PopCount((uint)set))
            .ThenBy(static set => set)
            .Select(static set => Parts.Where((_, place) => (set >> place & 1) == 1).Aggregate(Hidden.Nothing, static (all, part) => all | part.Part)),
    ];

    /// <summary>The features by whose absence a stratum is recognised.</summary>
    public static IReadOnlyList<string> Features(Hidden stratum) =>
        [.. Parts.Where(part => stratum.HasFlag(part.Part)).Select(static part => part.Feature)];

    /// <summary>What is in truth not known of each subject once <paramref name="stratum"/> is hidden.</summary>
    public static Hidden[] Of(WarfarinData data, Hidden stratum)
    {
        var rows = FeatureRows.Of(Parts.Select(static part => part.Feature), data.Profiles(stratum));
        return [.. rows.Select(static row =>
            Parts.Where((_, place) => float.IsNaN(row[place])).Aggregate(Hidden.Nothing, static (all, part) => all | part.Part))];
    }
}
