using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Prediction.Features;

/// <summary>CPIC activity values of alleles, from the pharmacogenomic tables: 1 normal, 0.5 decreased, 0 no function.</summary>
internal static class AlleleActivity
{
    /// <summary>Activity value of an allele, NaN when its function is not assigned or the allele is not known.</summary>
    internal static float Of(string gene, string allele) =>
        KnowledgeBase.Default.FindGene(gene)?.FindHaplotype(allele)?.Activity is { IsMissing: false } activity ? (float)activity.Value : float.NaN;
}
