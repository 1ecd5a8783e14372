using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Prediction.Features;
using DrugResponse.Training.Evidence;
using DrugResponse.Training.VirtualCohort;

namespace DrugResponse.Training.Tests.VirtualCohort;

public class VirtualCohortTests
{
    private static readonly string[] Genes =
    [
        "ABCG2", "CYP2B6", "CYP2C19", "CYP2C9", "CYP2D6", "CYP3A5", "CYP4F2", "DPYD", "G6PD", "HLA-A", "HLA-B", "NUDT15", "RYR1", "SLCO1B1", "TPMT",
        "UGT1A1", "VKORC1",
    ];

    public static TheoryData<string> GeneSymbols => [.. Genes];

    public static TheoryData<string> Populations => [.. EvidenceTables.Outcomes.Select(outcome => outcome.Population).Distinct()];

    [Theory]
    [MemberData(nameof(GeneSymbols))]
    public void Alleles_occur_as_often_as_the_tables_say_in_every_group(string symbol)
    {
        var gene = VirtualGene.Of(symbol);
        var random = new CohortRandom(3);
        for (var group = 0; group < Ancestries.All.Count; group++)
        {
            var (plain, tilted) = (new double[gene.Alleles.Count], new double[gene.Alleles.Count]);
            for (var n = 0; n < 4000; n++)
            {
                var weight = 1.0;
                plain[gene.Draw(random, group, oneCopy: true, tilted: false, ref weight).First]++;
                Assert.Equal(1, weight);
                tilted[gene.Draw(random, group, oneCopy: true, tilted: true, ref weight).First] += weight;
            }

            var expected = Frequencies(gene)[group];
            Assert.All(plain.Zip(expected), pair => Assert.Equal(pair.Second, pair.First / 4000, 0.03));

            // Weighted draws of a tilted gene come to the same shares as plain ones.
            Assert.All(plain.Zip(tilted), pair => Assert.Equal(pair.First / 4000, pair.Second / 4000, 0.045));
        }
    }

    [Theory]
    [MemberData(nameof(GeneSymbols))]
    public void Every_pair_of_the_commoner_alleles_is_understood_by_the_interpreter(string symbol)
    {
        var gene = VirtualGene.Of(symbol);
        for (var first = 0; first < Math.Min(gene.Alleles.Count, 12); first++)
            for (var second = first; second < Math.Min(gene.Alleles.Count, 12); second++)
                Assert.NotNull(gene.Call(first, second));
    }

    [Fact]
    public void Frequencies_of_a_group_are_those_of_the_source()
    {
        var (alleles, frequencies) = AlleleFrequencies.Of("HLA-B", "other");
        var eastAsian = frequencies[Ancestries.All.Index().Single(each => each.Item == AncestryGroup.EastAsian).Index];

        Assert.Equal(0.045575, eastAsian[Array.IndexOf(alleles, "*15:02")], 9);
        Assert.Equal(1, eastAsian.Sum(), 9);
    }

    [Theory]
    [MemberData(nameof(Populations))]
    public void Conditions_medications_and_measurements_are_ones_that_the_service_knows(string name)
    {
        var population = Population.Of(name);

        Assert.All(population.Conditions, rate => Assert.True(ConditionNames.All.Contains(rate.Name), rate.Name));
        Assert.All(population.Medications, rate => Assert.Equal(rate.Names[0], SubstanceCatalogue.Default.FindByName(rate.Names[0])?.Name));
        Assert.All(population.Medications, rate => Assert.True(rate.Given is null || ConditionNames.All.Contains(rate.Given), rate.Names[0]));
        Assert.All(population.Measurements, range => Assert.Contains(range.Name, MeasurementNames.Ranges.Keys));
    }

    [Fact]
    public void The_same_seed_gives_the_same_patients_and_another_purpose_others()
    {
        var first = Make().Draw("training", 20).Select(patient => (patient.Age, patient.Weight, patient.Ancestry)).ToList();
        var again = Make().Draw("training", 20).Select(patient => (patient.Age, patient.Weight, patient.Ancestry)).ToList();
        var other = Make().Draw("validation", 20).Select(patient => (patient.Age, patient.Weight, patient.Ancestry)).ToList();

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Shares_of_ancestry_are_as_asked_for()
    {
        var shares = AncestryShares.Parse("European=3, EastAsian=1");

        var patients = new Cohort("clopidogrel", "acute-coronary-syndrome", [], 1, shares).Draw("training", 2000).ToList();

        Assert.Equal(0.75, patients.Count(patient => Ancestries.All[patient.Ancestry] == AncestryGroup.European) / 2000.0, 0.03);
        Assert.All(patients, patient => Assert.Contains(Ancestries.All[patient.Ancestry], (AncestryGroup[])[AncestryGroup.European, AncestryGroup.EastAsian]));
    }

    [Theory]
    [InlineData("Martian=1")]
    [InlineData("European")]
    [InlineData("European=-1")]
    [InlineData("European=0")]
    [InlineData("Asian=1")]
    public void Shares_that_make_no_sense_are_refused(string text) => Assert.Throws<FormatException>(() => AncestryShares.Parse(text));

    [Fact]
    public void A_patient_never_takes_the_drug_as_comedication()
    {
        var patients = new Cohort("omeprazole", "acid-suppression", [], 1).Draw("training", 500);

        Assert.All(patients, patient => Assert.DoesNotContain("omeprazole", patient.Medications));
    }

    // As the tables have them, without the alleles that the gene leaves out because their function is unknown.
    private static double[][] Frequencies(VirtualGene gene)
    {
        var (alleles, frequencies) = gene.Symbol == RyanodineReceptor.Symbol
            ? RyanodineReceptor.Frequencies()
            : AlleleFrequencies.Of(gene.Symbol, gene.Alleles[0]);
        int[] kept = [.. gene.Alleles.Select(allele => Array.IndexOf(alleles, allele))];
        return [.. frequencies.Select(each => kept.Select(allele => each[allele] / kept.Sum(one => each[one])).ToArray())];
    }

    private static Cohort Make() => new("clopidogrel", "acute-coronary-syndrome", [], 1);
}
