using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Pharmacogenomics.Phenotypes;
using FsCheck;
using FsCheck.Fluent;

namespace DrugResponse.Pharmacogenomics.Tests.Genotypes;

public class NamingPropertyTests
{
    private static readonly Gene[] Diploid = [.. KnowledgeBase.Default.Genes.Where(g =>
        g.IsInterpreted && g.Ploidy != Ploidy.Mitochondrial && g.Method != PhenotypeMethod.Presence)];

    private static Gen<(Gene Gene, Haplotype First, Haplotype Second)> Pairs { get; } =
        from gene in Gen.Elements(Diploid)
        from first in Gen.Elements(gene.Haplotypes.ToArray())
        from second in Gen.Elements(gene.Haplotypes.ToArray())
        select (gene, first, second);

    private static Gen<Haplotype> Structural { get; } =
        from parts in (from number in Gen.Elements("*1", "*2", "*4", "*10", "*36", "*41", "*22", "*68", "*13")
                       from copies in Gen.Choose(1, 6)
                       from atLeast in Gen.Elements(true, false)
                       select copies == 1 ? number : $"{number}x{(atLeast ? "≥" : "")}{copies}").ArrayOf()
        where parts.Length is > 0 and < 4
        let reading = DiplotypeParser.Parse(KnowledgeBase.Default.FindGene("CYP2D6")!, string.Join(" + ", parts) + "/*1")
        where reading.Fault is null
        select reading.Diplotypes[0] is { First.Name: "*1" } d ? d.Second! : reading.Diplotypes[0].First;

    [Fact]
    public void What_is_printed_reads_back_as_the_same_diplotype()
    {
        Property.Holds(Pairs, pair =>
        {
            var diplotype = new Diplotype(pair.First, pair.Second);

            var reading = DiplotypeParser.Parse(pair.Gene, diplotype.ToString());

            // A sub-allele reads back as its core allele.
            var names = pair.Gene.Exemptions.Where(e => e.Kind == CallingExemption.SuballeleReportedAs).Select(e => e.Value);
            if (!names.Contains(pair.First.Name) && !names.Contains(pair.Second.Name))
                Assert.Equal(diplotype, Assert.Single(reading.Diplotypes));
            Assert.Equal(diplotype.ToString(), new Diplotype(pair.Second, pair.First).ToString());
        }, runs: 1000);
    }

    [Fact]
    public void Copy_numbers_and_tandems_read_back_and_add_up()
    {
        Property.Holds(Structural, haplotype =>
        {
            var gene = KnowledgeBase.Default.FindGene("CYP2D6")!;

            var again = Assert.Single(DiplotypeParser.Parse(gene, $"{haplotype.Name}/*5").Diplotypes);

            Assert.Contains(haplotype, new[] { again.First, again.Second });
            if (haplotype.Derivation != HaplotypeDerivation.Table)
            {
                var parts = haplotype.Components.Select(c => (gene.FindHaplotype(c.Name)!.Activity!.Value, c.Copies)).ToArray();
                Assert.Equal(parts.Any(p => p.Value.IsMissing), haplotype.Activity!.Value.IsMissing);
                if (!haplotype.Activity.Value.IsMissing)
                    Assert.Equal(parts.Sum(p => p.Value.Value * p.Copies.Count), haplotype.Activity.Value.Value);
            }
        });
    }

    [Fact]
    public void Names_have_one_total_order()
    {
        var names = Gen.Elements(KnowledgeBase.Default.Genes.SelectMany(g => g.Haplotypes).Select(h => h.Name).ToArray());

        Property.Holds(from a in names from b in names from c in names select (a, b, c), t =>
        {
            var (a, b, c) = t;
            Assert.Equal(Math.Sign(HaplotypeOrder.CompareNames(a, b)), -Math.Sign(HaplotypeOrder.CompareNames(b, a)));
            Assert.Equal(a == b, HaplotypeOrder.CompareNames(a, b) == 0);
            if (HaplotypeOrder.CompareNames(a, b) <= 0 && HaplotypeOrder.CompareNames(b, c) <= 0)
                Assert.True(HaplotypeOrder.CompareNames(a, c) <= 0);
        }, runs: 1000);
    }

    [Theory]
    [InlineData("*2", "*10")]
    [InlineData("*3A", "*23")]
    [InlineData("*3A", "*3B")]
    [InlineData("*1", "*1x2")]
    [InlineData("c.557A>G", "c.1024G>A")]
    [InlineData("*9", "*09x2")]
    public void Numbers_count_as_numbers(string first, string second)
    {
        Assert.True(HaplotypeOrder.CompareNames(first, second) < 0);
        Assert.True(HaplotypeOrder.CompareNames(second, first) > 0);
    }

    [Fact]
    public void Scores_read_back()
    {
        var scores = from eighths in Gen.Choose(0, 8 * 20) from atLeast in Gen.Elements(true, false) select ActivityScore.Of(eighths / 8m, atLeast);

        Property.Holds(scores, score =>
        {
            Assert.True(ActivityScore.TryParse(score.ToString(), out var again));
            Assert.Equal(score, again);
            Assert.Equal(score.ToString(), again.ToString());
        });
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1.250", "1.25")]
    [InlineData(" >= 3 ", "≥3.0")]
    [InlineData("N/A", "n/a")]
    [InlineData("0", "0.0")]
    public void Scores_are_printed_as_the_guidelines_write_them(string text, string printed)
    {
        Assert.True(ActivityScore.TryParse(text, out var score));
        Assert.Equal(printed, score.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("101")]
    [InlineData("0.12345")]
    [InlineData("one")]
    public void Other_texts_are_no_scores(string text)
    {
        Assert.False(ActivityScore.TryParse(text, out _));
    }

    [Fact]
    public void No_text_makes_the_interpreter_fail()
    {
        var genes = Gen.Elements(KnowledgeBase.Default.Genes.Where(g => g.IsInterpreted).Select(g => g.Symbol.Value).ToArray());

        Property.Holds(from gene in genes from text in Property.Text from other in Property.Text select (gene, text, other), t =>
        {
            var interpretation = GenotypeInterpreter.Default.Interpret(new GenotypeInput
            {
                Diplotypes = new Dictionary<string, IReadOnlyList<string>> { [t.gene] = [t.text, t.other] },
                Phenotypes = new Dictionary<string, string> { [t.gene] = t.text, [t.text] = t.other },
                ActivityScores = new Dictionary<string, string> { [t.gene] = t.other },
                Variants = new Dictionary<string, string> { ["rs1799853"] = t.text, [t.text] = t.other },
                Vcf = t.text,
            });

            Assert.All(interpretation.Faults, f => Assert.StartsWith("/", f.Path, StringComparison.Ordinal));
            Assert.All(interpretation.Warnings, w => Assert.NotEmpty(w.Message));
            _ = MedicationResolver.Resolve(new MedicationEntry { Text = t.text, Drug = t.other, Atc = t.text, RxNorm = t.other });
        }, runs: 1000);
    }
}
