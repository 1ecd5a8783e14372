using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>
/// Turns a genotype, in any mixture of inputs, into a result per gene: which alleles, which activity score, which phenotype, how that was
/// reached, and what is missing or in conflict. <see cref="GenotypeInput"/> documents the precedence of inputs.
/// </summary>
/// <remarks>Pure and stateless; one instance serves any number of threads. Bad input yields faults, never an exception.</remarks>
public sealed class GenotypeInterpreter
{
    private readonly KnowledgeBase _knowledge;

    /// <summary>Makes an interpreter.</summary>
    /// <param name="knowledge">The facts to work with.</param>
    public GenotypeInterpreter(KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        _knowledge = knowledge;
    }

    /// <summary>The interpreter of the built-in facts.</summary>
    public static GenotypeInterpreter Default { get; } = new(KnowledgeBase.Default);

    /// <summary>Interprets a genotype.</summary>
    /// <param name="input">What is known of the genotype.</param>
    /// <param name="options">How much to keep; null for <see cref="InterpretationOptions.Default"/>.</param>
    /// <returns>The results, warnings and faults.</returns>
    public GenotypeInterpretation Interpret(GenotypeInput input, InterpretationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);

        var log = new InterpretationLog();
        var evidence = new EvidenceCollector(_knowledge, log);
        evidence.Collect(input);

        var resolver = new PrecedenceResolver(log, options ?? InterpretationOptions.Default);
        var genes = new List<GeneResult>(evidence.Genes.Count);
        foreach (var gene in evidence.Genes.Values)
        {
            if (resolver.Resolve(gene) is { } result)
                genes.Add(result);
        }

        genes.Sort(static (a, b) => a.Gene.Symbol.CompareTo(b.Gene.Symbol));
        return new GenotypeInterpretation
        {
            Genes = genes,
            Variants = evidence.Variants,
            Warnings = log.Warnings,
            Faults = log.Faults,
            KnowledgeVersion = _knowledge.Version,
        };
    }
}
