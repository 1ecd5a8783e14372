using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Pharmacogenomics.Phenoconversion;

/// <summary>A genotype as co-medication lets it show.</summary>
public sealed record ClinicalGenotype
{
    /// <summary>The genetic results that this was made from.</summary>
    public required GenotypeInterpretation Genetic { get; init; }

    /// <summary>One entry for each genetic result, by symbol.</summary>
    public required IReadOnlyList<ClinicalGeneResult> Genes { get; init; }

    /// <summary>
    /// Genes without a genotype on which co-medication acts, by symbol. Under a strong CYP2D6 inhibitor everyone is a poor metabolizer, so
    /// the clinical phenotype is set; otherwise there are only warnings.
    /// </summary>
    public required IReadOnlyList<ClinicalGeneResult> WithoutGenotype { get; init; }

    /// <summary>The entry of a gene, with or without a genotype.</summary>
    /// <param name="gene">The symbol, as the gene list spells it.</param>
    /// <returns>The entry, or null.</returns>
    public ClinicalGeneResult? Find(string gene) => Find(Genes, gene) ?? Find(WithoutGenotype, gene);

    private static ClinicalGeneResult? Find(IReadOnlyList<ClinicalGeneResult> results, string gene)
    {
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i].Gene.Symbol.Value == gene)
                return results[i];
        }

        return null;
    }
}
