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
    private readonly FrozenDictionary<string, bool> _carries;

    /// <param name="gene">The gene's symbol.</param>
    /// <param name="rsId">The position.</param>
    /// <param name="bases">The bases looked for, forward strand.</param>
    /// <exception cref="InvalidDataException">The knowledge base has no definition with these bases: it and this feature do not fit.</exception>
    public VariantAlleles(string gene, string rsId, string bases)
    {
        _gene = gene;
        _rsId = rsId;
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

    /// <summary>Names of the alleles that carry the bases.</summary>
    public IEnumerable<string> Carriers => _carries.Where(static entry => entry.Value).Select(static entry => entry.Key);

    /// <summary>
    /// How many of the patient's two alleles carry the bases; NaN when the alleles are not known, one of them has no definition, or the
    /// position was not typed.
    /// </summary>
    public float Count(PatientProfile patient)
    {
        if (!patient.Alleles.TryGetValue(_gene, out var alleles) || alleles.Count != 2 || IsUntyped(patient))
            return float.NaN;
        return _carries.TryGetValue(alleles[0], out var first) && _carries.TryGetValue(alleles[1], out var second)
            ? TernaryLogic.Of(first) + TernaryLogic.Of(second)
            : float.NaN;
    }

    /// <summary>Whether the gene was called without this position.</summary>
    public bool IsUntyped(PatientProfile patient) => patient.UntypedVariants.Contains(_rsId);
}
