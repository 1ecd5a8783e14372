namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>The outcome of interpreting a genotype: a result for every gene that was named, and what to know about them.</summary>
/// <remarks>When <see cref="Faults"/> is not empty the genotype was not understood in full, and a caller should refuse it.</remarks>
public sealed record GenotypeInterpretation
{
    /// <summary>One result for each gene that any input named, by symbol; genes nobody named are absent.</summary>
    public required IReadOnlyList<GeneResult> Genes { get; init; }

    /// <summary>Genotypes given by rsID or VCF at positions that are known, by rsID or <c>chr1:123</c>.</summary>
    public required IReadOnlyDictionary<string, ObservedVariant> Variants { get; init; }

    /// <summary>What a reader of the results must know.</summary>
    public required IReadOnlyList<InterpretationWarning> Warnings { get; init; }

    /// <summary>Every part of the input that could not be understood.</summary>
    public required IReadOnlyList<InterpretationFault> Faults { get; init; }

    /// <summary>Version of the facts and rules that were used.</summary>
    public required string KnowledgeVersion { get; init; }

    /// <summary>The result of a gene.</summary>
    /// <param name="gene">The symbol, as the gene list spells it.</param>
    /// <returns>The result, or null when no input named the gene.</returns>
    public GeneResult? Find(string gene)
    {
        for (var i = 0; i < Genes.Count; i++)
        {
            if (Genes[i].Gene.Symbol.Value == gene)
                return Genes[i];
        }

        return null;
    }
}
