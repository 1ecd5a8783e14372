using System.Collections.Frozen;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// Which named alleles of a gene carry certain bases at one position, by the allele definitions of the knowledge base. Immutable and
/// thread-safe.
/// </summary>
internal sealed class VariantAlleles
{
    private readonly string _gene;
    private readonly string _rsId;
    private readonly string _bases;

    // An allele without a definition may or may not carry the bases: it is in neither set.
    private readonly FrozenSet<string> _carriers;
    private readonly FrozenSet<string> _others;

    /// <param name="gene">The gene's symbol.</param>
    /// <param name="rsId">The position.</param>
    /// <param name="bases">The bases looked for, forward strand.</param>
    /// <exception cref="InvalidDataException">The knowledge base has no definition with these bases.</exception>
    public VariantAlleles(string gene, string rsId, string bases)
    {
        _gene = gene;
        _rsId = rsId;
        _bases = bases;
        var knowledge = KnowledgeBase.Default.FindGene(gene)
            ?? throw new InvalidDataException($"The knowledge base has no gene {gene}.");
        var defined = knowledge.Haplotypes
            .Select(static haplotype => haplotype.Name)
            .ToLookup(name => knowledge.DefinitionOf(name) is { } definition ? TernaryLogic.Of(Asks(definition)) : float.NaN);
        _carriers = defined[1].ToFrozenSet(StringComparer.Ordinal);
        _others = defined[0].ToFrozenSet(StringComparer.Ordinal);
        if (_carriers.Count == 0)
            throw new InvalidDataException($"No allele of {gene} is defined by {bases} at {rsId}.");

        bool Asks(IReadOnlyList<DefiningVariant> definition) =>
            definition.Any(variant => variant.Position.RsId == rsId && variant.Bases is [var only] && only == bases);
    }

    /// <summary>
    /// How many of the patient's two copies carry the bases: as typed at the position itself, which leaves no doubt even where several
    /// alleles fit, else by the called alleles. NaN when neither is known, an allele has no definition, or the position was not typed.
    /// </summary>
    public float Count(PatientProfile patient)
    {
        if (patient.TypedVariants.TryGetValue(_rsId, out var typed) && typed.Count == 2)
            return TernaryLogic.Of(typed[0] == _bases) + TernaryLogic.Of(typed[1] == _bases);
        if (!patient.Alleles.TryGetValue(_gene, out var alleles) || alleles.Count != 2 || IsUntyped(patient))
            return float.NaN;
        return Carries(alleles[0]) + Carries(alleles[1]);
    }

    /// <summary>Whether the gene was called without this position.</summary>
    public bool IsUntyped(PatientProfile patient) => patient.UntypedVariants.Contains(_rsId);

    private float Carries(string allele) => _carriers.Contains(allele) ? 1 : _others.Contains(allele) ? 0 : float.NaN;
}
