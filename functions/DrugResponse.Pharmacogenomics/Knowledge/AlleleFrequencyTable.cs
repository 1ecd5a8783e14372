using System.Globalization;
using DrugResponse.Pharmacogenomics.Genotypes;

namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>
/// Allele frequencies of CYP2C19, CYP2C9, NUDT15, SLCO1B1 and TPMT by CPIC biogeographical group. A missing row means unknown, not zero.
/// </summary>
/// <remarks>Read on first use; immutable and safe to share between threads.</remarks>
public sealed class AlleleFrequencyTable
{
    private static readonly Lazy<AlleleFrequencyTable> Shared = new(() => new AlleleFrequencyTable());

    private AlleleFrequencyTable()
    {
        var table = EmbeddedTable.Open("allele_frequencies");
        Source = table.Source;
        List<AlleleFrequency> all = [];
        var rows = table.Rows(new StringPool());
        while (rows.Read())
        {
            all.Add(new AlleleFrequency(
                GeneSymbol.Parse(rows.NextText()), rows.NextText(), rows.NextText(),
                double.Parse(rows.Next(), CultureInfo.InvariantCulture),
                NumberOrNull(rows.Next()),
                NumberOrNull(rows.Next()),
                int.TryParse(rows.Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var subjects) ? subjects : null));
        }

        All = all;
    }

    /// <summary>The instance that the process shares.</summary>
    public static AlleleFrequencyTable Default => Shared.Value;

    /// <summary>Every frequency, in the order of the table.</summary>
    public IReadOnlyList<AlleleFrequency> All { get; }

    /// <summary>Where the frequencies come from.</summary>
    public KnowledgeSource Source { get; }

    private static double? NumberOrNull(ReadOnlySpan<char> text) => text.IsEmpty ? null : double.Parse(text, CultureInfo.InvariantCulture);
}
