using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Phenotypes;

/// <summary>
/// Reads a phenotype from a diplotype by the gene's own method: the activity score's range, the pair of functions, or the function of a
/// single copy. The rules are those of CPIC's diplotype to phenotype tables.
/// </summary>
/// <remarks>Pure; safe to call from any thread.</remarks>
public static class PhenotypeAssigner
{
    /// <summary>Interprets a diplotype.</summary>
    /// <param name="gene">The gene.</param>
    /// <param name="diplotype">A diplotype of that gene.</param>
    /// <returns>The score, rule and phenotype.</returns>
    /// <exception cref="ArgumentException">The diplotype belongs to another gene.</exception>
    public static DiplotypeInterpretation Assign(Gene gene, Diplotype diplotype)
    {
        ArgumentNullException.ThrowIfNull(gene);
        ArgumentNullException.ThrowIfNull(diplotype);
        if (!gene.Symbol.Equals(diplotype.Gene))
            throw new ArgumentException("The diplotype belongs to another gene.", nameof(diplotype));

        return gene.Method == PhenotypeMethod.ActivityScore
            ? ByScore(gene, diplotype)
            : ByFunction(gene, diplotype);
    }

    private static DiplotypeInterpretation ByScore(Gene gene, Diplotype diplotype)
    {
        var first = diplotype.First.Activity ?? ActivityScore.Missing;
        var score = diplotype.Second is null ? first : first + (diplotype.Second.Activity ?? ActivityScore.Missing);
        var rule = gene.PhenotypeTable.ForScore(score);
        return new DiplotypeInterpretation(diplotype, score, rule, gene.PhenotypeTable.PossibleFor(score, rule));
    }

    private static DiplotypeInterpretation ByFunction(Gene gene, Diplotype diplotype)
    {
        var rule = diplotype.Second is null
            ? gene.PhenotypeTable.ForSingle(diplotype.First.Function)
            : gene.PhenotypeTable.ForPair(diplotype.First.Function, diplotype.Second.Function);
        return new DiplotypeInterpretation(diplotype, null, rule, rule is null ? [] : rule.PhenotypeList);
    }
}
