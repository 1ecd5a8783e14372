using System.Collections.Frozen;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// CPIC activity values of CYP2C9 alleles (CPIC allele functionality table as in PharmCAT 3.1.1, data of 2025-11-05, CC0):
/// 1 normal, 0.5 decreased, 0 no function. Alleles of uncertain or unassigned function have none.
/// </summary>
internal static class Cyp2c9Activity
{
    private static readonly FrozenDictionary<string, float> Values = new (float Value, string[] Alleles)[]
    {
        (1, ["*1", "*9"]),
        (0.5f,
        [
            "*2", "*4", "*5", "*8", "*11", "*12", "*14", "*16", "*23", "*26", "*28", "*29", "*30", "*31", "*37", "*38", "*44",
            "*46", "*50", "*55", "*61",
        ]),
        (0, ["*3", "*6", "*13", "*15", "*24", "*25", "*33", "*35", "*39", "*42", "*43", "*45", "*52"]),
    }
        .SelectMany(static group => group.Alleles.Select(allele => KeyValuePair.Create(allele, group.Value)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Activity value of an allele, NaN when its function is not assigned.</summary>
    internal static float Of(string allele) => Values.TryGetValue(allele, out var value) ? value : float.NaN;
}
