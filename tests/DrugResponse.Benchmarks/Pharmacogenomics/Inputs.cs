using System.Globalization;
using System.Text;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Benchmarks.Pharmacogenomics;

/// <summary>Genotypes made from the tables themselves.</summary>
internal static class Inputs
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Diplotypes(int genes) => KnowledgeBase.Default.Genes
        .Where(gene => gene is { IsInterpreted: true, Ploidy: Ploidy.Diploid } && !gene.Symbol.Value.StartsWith("HLA", StringComparison.Ordinal))
        .Concat(KnowledgeBase.Default.Genes.Where(gene => gene is { IsInterpreted: true, Ploidy: Ploidy.XLinked }))
        .Take(genes)
        .ToDictionary(
            gene => gene.Symbol.Value,
            IReadOnlyList<string> (gene) => [$"{gene.Haplotypes[0].Name}/{gene.Haplotypes[Math.Min(1, gene.Haplotypes.Count - 1)].Name}"]);

    public static string VcfOfAllPositions()
    {
        var vcf = new StringBuilder("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n");
        foreach (var position in KnowledgeBase.Default.Genes.SelectMany(gene => gene.Positions).DistinctBy(position => (position.Chromosome, position.Position)))
        {
            vcf.Append(
                CultureInfo.InvariantCulture,
                $"{position.Chromosome}\t{position.Position}\t.\t{position.Ref}\t.\t.\tPASS\t.\tGT\t0/0\n");
        }

        return vcf.ToString();
    }
}
