using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Training.VirtualCohort;

/// <summary>Allele frequencies of a gene by group: from the pharmacogenomics library where it has the gene, else from the table here.</summary>
internal static class AlleleFrequencies
{
    private static readonly Lazy<ILookup<string, Entry>> Shared = new(() =>
        AlleleFrequencyTable.Default.All
            .Select(static row => new Entry(row.Gene.Value, row.Allele, row.Population, row.Mean))
            .Concat(EmbeddedTsv.Read("allele_frequencies").Select(static row =>
                new Entry(row.Text("gene"), row.Text("allele"), row.Text("population"), row.Number("frequency"))))
            .ToLookup(static entry => entry.Gene, StringComparer.Ordinal));

    /// <summary>
    /// The alleles of a gene, the reference allele first, and their frequencies by group (in the order of <see cref="Ancestries.All"/>).
    /// Each group's frequencies add up to 1: the reference allele takes what the others leave.
    /// </summary>
    /// <param name="gene">Gene symbol.</param>
    /// <param name="reference">The reference allele.</param>
    public static (string[] Alleles, double[][] ByGroup) Of(string gene, string reference)
    {
        var entries = Shared.Value[gene].Where(entry => entry.Allele != reference).ToList();
        string[] alleles = [reference, .. entries.Select(static entry => entry.Allele).Distinct(StringComparer.Ordinal)];
        var known = entries.ToDictionary(static entry => (entry.Allele, entry.Population), static entry => Math.Max(entry.Frequency, 0));
        return (alleles, [.. Ancestries.All.Select(group => Complete([.. alleles.Skip(1).Select(allele => Find(known, allele, group))]))]);
    }

    /// <summary>Frequency of one entry by group, borrowed from the nearest group that has it; 0 where none has.</summary>
    public static double[] OfEntry(string gene, string allele)
    {
        var known = Shared.Value[gene].ToDictionary(static entry => (entry.Allele, entry.Population), static entry => entry.Frequency);
        return [.. Ancestries.All.Select(group => Find(known, allele, group))];
    }

    private static double Find(Dictionary<(string, string), double> known, string allele, AncestryGroup group)
    {
        foreach (var near in Ancestries.Nearest(group))
            if (known.TryGetValue((allele, Ancestries.TableName(near)), out var frequency))
                return frequency;

        return 0;
    }

    // Borrowed figures can take a group's sum above 1; then there is no room for the reference allele.
    private static double[] Complete(double[] others)
    {
        var sum = others.Sum();
        return sum >= 1 ? [0, .. others.Select(each => each / sum)] : [1 - sum, .. others];
    }

    private sealed record Entry(string Gene, string Allele, string Population, double Frequency);
}
