using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Pharmacogenomics.Tests.Vcf;

/// <summary>Calls that PharmCAT 3.1.1's tests expect, on VCF files written from the genotypes of those tests.</summary>
public class PublishedCallTests
{
    public static TheoryData<string, string, string, string, string, string> Rows()
    {
        var data = new TheoryData<string, string, string, string, string, string>();
        foreach (var row in Fixture.Rows("vcf_calls.tsv"))
            data.Add(row["file"], row["gene"], row["mode"], row["expected_calls"], row["phenotype"].Trim(), row["activity_score"].Trim());
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Calls_and_phenotype_are_the_published_ones(
        string file, string gene, string mode, string calls, string phenotype, string score)
    {
        var interpretation = GenotypeInterpreter.Default.Interpret(
            new GenotypeInput { Vcf = Fixture.Text(file) }, new InterpretationOptions { AllCalls = mode == "all" });

        Assert.Empty(interpretation.Faults);
        var result = interpretation.Find(gene)!;
        var found = result.Alleles.Count > 0 ? result.Alleles.Select(a => a.Name) : result.Diplotypes.Select(d => d.ToString());
        Assert.Equal(calls == "(not called)" ? [] : calls.Split(" | "), found);
        Assert.Equal(phenotype, result.Phenotype?.Term ?? "");
        Assert.Equal(score, result.ActivityScore?.ToString() ?? "");
    }
}
