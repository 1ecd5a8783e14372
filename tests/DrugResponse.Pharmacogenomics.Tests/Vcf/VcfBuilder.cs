using System.Text;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Tests.Vcf;

/// <summary>Writes a VCF of one gene: every defining position as reference, but for those that are changed, left out or added.</summary>
internal sealed class VcfBuilder(string gene)
{
    private readonly Gene _gene = KnowledgeBase.Default.FindGene(gene)!;
    private readonly Dictionary<string, string> _genotypes = [];
    private readonly List<string> _extra = [];
    private string _reference = "0/0";
    private string _prefix = "chr";
    private string _samples = "Sample_1";
    private string _meta = "##fileformat=VCFv4.2\n";

    /// <summary>Sets the GT column (and what follows it) of a position.</summary>
    public VcfBuilder With(string rsId, string genotype)
    {
        _genotypes[rsId] = genotype;
        return this;
    }

    public VcfBuilder Without(params string[] rsIds)
    {
        foreach (var rsId in rsIds)
            _genotypes[rsId] = "";
        return this;
    }

    /// <summary>Every position that is not set gets this genotype; empty leaves them out.</summary>
    public VcfBuilder Else(string genotype)
    {
        _reference = genotype;
        return this;
    }

    public VcfBuilder Chromosomes(string prefix)
    {
        _prefix = prefix;
        return this;
    }

    public VcfBuilder Samples(string tabSeparated)
    {
        _samples = tabSeparated;
        return this;
    }

    public VcfBuilder Meta(string line)
    {
        _meta += line + "\n";
        return this;
    }

    public VcfBuilder Line(string line)
    {
        _extra.Add(line);
        return this;
    }

    public string Build()
    {
        var text = new StringBuilder(_meta).Append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t").Append(_samples).Append('\n');
        foreach (var position in _gene.Positions)
        {
            var genotype = _genotypes.GetValueOrDefault(position.Name, _reference);
            if (genotype.Length == 0)
                continue;

            var alts = string.Join(',', position.Bases.Skip(1));
            var format = genotype.Contains(':', StringComparison.Ordinal) ? "GT:PS" : "GT";
            text.Append(null, $"{_prefix}{position.Chromosome[3..]}\t{position.Position}\t{position.RsId ?? "."}\t{position.Ref}\t{alts}\t.\tPASS\t.\t{format}\t{genotype}\n");
        }

        foreach (var line in _extra)
            text.Append(line).Append('\n');
        return text.ToString();
    }

    public GenotypeInterpretation Interpret(bool allCalls = false, string? sample = null) => GenotypeInterpreter.Default.Interpret(
        new GenotypeInput { Vcf = Build(), VcfSample = sample }, new InterpretationOptions { AllCalls = allCalls });

    /// <summary>The gene's result, without faults.</summary>
    public GeneResult Result(bool allCalls = false)
    {
        var interpretation = Interpret(allCalls);
        Assert.Empty(interpretation.Faults);
        return interpretation.Find(gene)!;
    }

    /// <summary>The diplotypes (or single variants) called.</summary>
    public IEnumerable<string> Calls(bool allCalls = false)
    {
        var result = Result(allCalls);
        return result.Alleles.Count > 0 ? result.Alleles.Select(a => a.Name) : result.Diplotypes.Select(d => d.ToString());
    }
}
