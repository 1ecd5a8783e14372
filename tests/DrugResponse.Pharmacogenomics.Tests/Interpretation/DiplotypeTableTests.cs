namespace DrugResponse.Pharmacogenomics.Tests.Interpretation;

/// <summary>
/// Rows of published diplotype tables (PharmCAT 2025-11, CYP2D6 2024-08, RYR1 2023-12, G6PD 2023-08; CPIC API 2026-02; CC0).
/// </summary>
public class DiplotypeTableTests
{
    public static TheoryData<string, string, string, string> Rows()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var row in Fixture.Rows("diplotype_phenotype.tsv"))
            data.Add(row["gene"], row["diplotype"], row["phenotype"], row["activity_score"]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Phenotype_and_score_are_the_published_ones(string gene, string diplotype, string phenotype, string score)
    {
        var result = Interpret.Diplotype(gene, diplotype).Only();

        Assert.Equal(phenotype, result.Phenotype?.Term);
        Assert.Equal(score, result.ActivityScore?.ToString() ?? "");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Order_of_the_alleles_does_not_matter(string gene, string diplotype, string phenotype, string score)
    {
        if (!diplotype.Contains('/', StringComparison.Ordinal))
            return;

        var parts = diplotype.Split('/');

        var result = Interpret.Diplotype(gene, $"{parts[1]}/{parts[0]}").Only();

        Assert.Equal(Interpret.Diplotype(gene, diplotype).Only().Diplotypes, result.Diplotypes);
        Assert.Equal(phenotype, result.Phenotype?.Term);
        Assert.Equal(score, result.ActivityScore?.ToString() ?? "");
    }
}
