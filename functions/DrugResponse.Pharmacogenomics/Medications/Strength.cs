using System.Globalization;

namespace DrugResponse.Pharmacogenomics.Medications;

/// <summary>An amount of drug as a line writes it: <c>50 mg</c>, <c>5/325 mg</c>, <c>2-4 mg</c>.</summary>
/// <param name="Values">The numbers; several for a combination or a range.</param>
/// <param name="Unit">The unit in canonical spelling: <c>mg</c>, <c>mcg</c>, <c>g</c>, <c>unit</c>, <c>mL</c>, <c>mg/mL</c> and so
/// on.</param>
public sealed record Strength(IReadOnlyList<decimal> Values, string Unit)
{
    /// <summary>Numbers and unit, such as <c>5/325 mg</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{string.Join('/', Values.Select(v => v.ToString(CultureInfo.InvariantCulture)))} {Unit}";
}
