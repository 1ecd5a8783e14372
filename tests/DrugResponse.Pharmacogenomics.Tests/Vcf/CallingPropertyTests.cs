using System.Text;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;
using FsCheck;
using FsCheck.Fluent;

namespace DrugResponse.Pharmacogenomics.Tests.Vcf;

/// <summary>
/// The matcher against an independent one that writes out every pair of complementary strands and compares it with every definition, as the
/// published rule words it. The definitions are read from the built-in table by this test itself.
/// </summary>
public class CallingPropertyTests
{
    private static readonly Dictionary<string, List<(string Allele, Dictionary<int, string[]> Bases)>> Definitions = ReadDefinitions();
    private static readonly string[] Genes = ["ABCG2", "CACNA1S", "CYP2B6", "CYP2C19", "CYP2C9", "CYP3A4", "CYP3A5", "CYP4F2", "NAT2", "NUDT15", "TPMT", "UGT1A1", "VKORC1"];

    /// <summary>
    /// One sample: for up to six positions around two alleles, the bases of both strands; other positions are reference or missing.
    /// </summary>
    private static Gen<Sample> Samples { get; } =
        from gene in Gen.Elements(Genes)
        from first in Gen.Elements(Definitions[gene].Skip(1).ToArray())
        from second in Gen.Elements(Definitions[gene].ToArray())
        from phased in Gen.Elements(true, false)
        from dropped in Gen.Choose(0, 3)
        from noise in Gen.Choose(0, 5)
        select Sample.Make(gene, first.Bases, second.Bases, phased, dropped, noise);

    [Fact]
    public void Matches_are_those_of_a_written_out_search()
    {
        Property.Holds(Samples, sample =>
        {
            var result = GenotypeInterpreter.Default.Interpret(
                new GenotypeInput { Vcf = sample.Vcf() }, new InterpretationOptions { AllCalls = true }).Find(sample.Gene);

            var expected = sample.Gene == "NAT2" && sample.LacksRequired() ? [] : Exhaustive(sample);
            Assert.Equal(expected, (result?.Diplotypes ?? []).Select(d => d.ToString()).ToHashSet());
        }, runs: 300);
    }

    private static HashSet<string> Exhaustive(Sample sample)
    {
        var alleles = Definitions[sample.Gene];
        var reference = alleles[0].Bases;
        var positions = sample.Calls.Keys.Order().ToArray();
        var heterozygous = positions.Where(p => sample.Calls[p].First != sample.Calls[p].Second).ToArray();
        var found = new HashSet<string>(StringComparer.Ordinal);
        var turns = sample.IsPhased || heterozygous.Length == 0 ? 1 : 1 << (heterozygous.Length - 1);
        for (var turn = 0; turn < turns; turn++)
        {
            var one = positions.ToDictionary(p => p, p => Strand(p, turn, false));
            var other = positions.ToDictionary(p => p, p => Strand(p, turn, true));
            foreach (var a in alleles.Where(x => Matches(x.Bases, one)))
            {
                foreach (var b in alleles.Where(x => Matches(x.Bases, other)))
                    found.Add(Canonical(a.Allele, b.Allele));
            }
        }

        return found;

        string Strand(int position, int turn, bool second)
        {
            var index = Array.IndexOf(heterozygous, position);
            var turned = index > 0 && !sample.IsPhased && (turn & (1 << (index - 1))) != 0;
            return turned != second ? sample.Calls[position].Second : sample.Calls[position].First;
        }

        bool Matches(Dictionary<int, string[]> allele, Dictionary<int, string> strand) =>
            allele.Keys.Any(strand.ContainsKey)
            && strand.All(s => (allele.TryGetValue(s.Key, out var bases) ? bases : reference[s.Key]).Contains(s.Value));

        string Canonical(string a, string b)
        {
            var gene = KnowledgeBase.Default.FindGene(sample.Gene)!;
            return new Pharmacogenomics.Genotypes.Diplotype(gene.FindHaplotype(a)!, gene.FindHaplotype(b)!).ToString();
        }
    }

    private static Dictionary<string, List<(string, Dictionary<int, string[]>)>> ReadDefinitions()
    {
        var reference = Rows("positions").GroupBy(r => r[0]).ToDictionary(
            g => g.Key, g => g.ToDictionary(r => Number(r[1]), r => (r[5].Length > 0 ? r[5] : r[3]).Split(',')));
        return Rows("definitions").GroupBy(r => r[0]).ToDictionary(g => g.Key, g => g
            .OrderByDescending(r => r[2] == "reference")
            .Select(r => (r[1], r[2] == "reference"
                ? reference[r[0]]
                : r[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(d => d.Split('=')).ToDictionary(d => Number(d[0]), d => d[1].Split(','))))
            .ToList());

        static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string[]> Rows(string table)
    {
        using var stream = typeof(KnowledgeBase).Assembly.GetManifestResourceStream(table + ".tsv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#').Skip(1).Select(l => l.Split('\t'))];
    }

    private sealed record Sample(string Gene, Dictionary<int, (string First, string Second)> Calls, bool IsPhased)
    {
        public static Sample Make(
            string gene, Dictionary<int, string[]> first, Dictionary<int, string[]> second, bool phased, int dropped, int noise)
        {
            var reference = Definitions[gene][0].Bases;
            var calls = reference.ToDictionary(r => r.Key, r => (
                (first.TryGetValue(r.Key, out var a) ? a : r.Value)[^1],
                (second.TryGetValue(r.Key, out var b) ? b : r.Value)[0]));
            foreach (var position in calls.Keys.Order().Where((_, i) => i % 7 == noise).Take(dropped))
                calls.Remove(position);
            return new Sample(gene, calls, phased);
        }

        public bool LacksRequired() => KnowledgeBase.Default.FindGene(Gene)!.Exemptions
            .Any(e => e.Kind == CallingExemption.RequiredPosition && !Calls.ContainsKey(int.Parse(e.Value, System.Globalization.CultureInfo.InvariantCulture)));

        public string Vcf()
        {
            var gene = KnowledgeBase.Default.FindGene(Gene)!;
            var text = new StringBuilder("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n");
            foreach (var position in gene.Positions.Where(p => Calls.ContainsKey(p.Position)))
            {
                var (first, second) = Calls[position.Position];
                var bases = position.Bases.ToList();
                text.Append(null, $"{position.Chromosome}\t{position.Position}\t.\t{position.Ref}\t{string.Join(',', bases.Skip(1))}\t.\t.\t.\tGT\t");
                text.Append(null, $"{bases.IndexOf(first)}{(IsPhased ? '|' : '/')}{bases.IndexOf(second)}\n");
            }

            return text.ToString();
        }
    }
}
