using BenchmarkDotNet.Attributes;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Benchmarks.Pharmacogenomics;

/// <summary>
/// One patient's genotype to phenotypes. The baseline is the least that reading such input can take: looking each gene up and splitting its
/// text at the slash.
/// </summary>
[MemoryDiagnoser]
public class InterpretationBenchmarks
{
    private GenotypeInput _diplotypes = new();
    private GenotypeInput _vcf = new();

    /// <summary>Twenty genes as diplotypes, each the first two alleles of its table; and a VCF with every known position, reference everywhere.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _diplotypes = new GenotypeInput { Diplotypes = Inputs.Diplotypes(20) };
        _vcf = new GenotypeInput { Vcf = Inputs.VcfOfAllPositions() };
        if (GenotypeInterpreter.Default.Interpret(_diplotypes).Genes.Count != 20)
            throw new InvalidOperationException("The input does not name twenty genes.");
        if (GenotypeInterpreter.Default.Interpret(_vcf).Genes.Count < 15)
            throw new InvalidOperationException("The VCF does not call the genes.");
    }

    /// <summary>Lower bound.</summary>
    [Benchmark(Baseline = true)]
    public int SplitTwentyTexts()
    {
        var length = 0;
        foreach (var (gene, texts) in _diplotypes.Diplotypes)
        {
            var slash = texts[0].IndexOf('/', StringComparison.Ordinal);
            length += KnowledgeBase.Default.FindGene(gene)!.Haplotypes.Count + texts[0][..slash].Length + texts[0][(slash + 1)..].Length;
        }

        return length;
    }

    /// <summary>Twenty diplotypes to phenotypes.</summary>
    [Benchmark]
    public int TwentyDiplotypes() => GenotypeInterpreter.Default.Interpret(_diplotypes).Genes.Count;

    /// <summary>A VCF of all known positions to phenotypes.</summary>
    [Benchmark]
    public int VcfOfAllPositions() => GenotypeInterpreter.Default.Interpret(_vcf).Genes.Count;
}
