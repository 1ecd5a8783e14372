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
    private readonly FrozenDictionary<string, bool> _carries;

    /// <param name="gene">The gene's symbol.</param>
    /// <param name="rsId">The position.</param>
    /// <param name="bases">The bases looked for, forward strand.</param>
    /// <exception cref="InvalidDataException">The knowledge base has no definition with these bases: it and this feature do not fit.</exception>
    public VariantAlleles(string gene, string rsId, string bases)
    {
        _gene = gene;
        _rsId = rsId;
        _bases = bases;
        var knowledge = KnowledgeBase.Default.FindGene(gene)
            ?? throw new InvalidDataException($"The knowledge base has no gene {gene}.");

        // An allele that is defined elsewhere only may or may not carry the bases; it is left out.
        _carries = knowledge.Haplotypes
            .Select(haplotype => (haplotype.Name, Definition: knowledge.DefinitionOf(haplotype.Name)))
            .Where(static entry => entry.Definition is not null)
            .ToFrozenDictionary(
                static entry => entry.Name,
                entry => entry.Definition!.Any(variant => variant.Position.RsId == rsId && variant.Bases is [var only] && only == bases),
                StringComparer.Ordinal);
        if (!_carries.Values.Contains(true))
            throw new InvalidDataException($"No allele of {gene} is defined by {bases} at {rsId}.");
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
        return _carries.TryGetValue(alleles[0], out var first) && _carries.TryGetValue(alleles[1], out var second)
            ? TernaryLogic.Of(first) + TernaryLogic.Of(second)
            : float.NaN;
    }

    /// <summary>Whether the gene was called without this position.</summary>
    public bool IsUntyped(PatientProfile patient) => patient.UntypedVariants.Contains(_rsId);
}
