using System.Collections.Frozen;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Prediction.Features;

/// <summary>
/// Some variants of DPYD, counted among a patient's alleles. An allele's name is one variant, or several of one strand
/// (<c>[c.498G&gt;A + c.2582A&gt;G]</c>); where the phase is unknown, every variant found is a name of its own. Immutable and thread-safe.
/// </summary>
internal sealed class DpydVariants
{
    private const string Gene = "DPYD";
    private const string Joint = " + ";

    private readonly FrozenSet<string> _names;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _parts;
    private readonly FrozenSet<string> _positions;

    /// <param name="names">The variants, as the allele tables write them.</param>
    public DpydVariants(params string[] names)
    {
        _names = names.ToFrozenSet(StringComparer.Ordinal);
        _parts = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        var gene = KnowledgeBase.Default.FindGene(Gene)!;
        _positions = names
            .SelectMany(name => gene.DefinitionOf(name) ?? throw new InvalidDataException($"{Gene} has no variant {name}."))
            .Select(static variant => variant.Position.Name)
            .ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The variants.</summary>
    public IEnumerable<string> Names => _names;

    /// <summary>
    /// How many alleles (0, 1 or 2) carry one of the variants; NaN when the gene was not called, or none was found and none typed.
    /// </summary>
    public float Count(PatientProfile patient)
    {
        var found = CountFound(patient);
        return found == 0 && CountUntyped(patient) == _positions.Count ? float.NaN : found;
    }

    /// <summary>The same; NaN also when none was found and not all of them were typed.</summary>
    public float CountWhereAllTyped(PatientProfile patient)
    {
        var found = CountFound(patient);
        return found == 0 && CountUntyped(patient) > 0 ? float.NaN : found;
    }

    private int CountUntyped(PatientProfile patient)
    {
        var count = 0;
        if (patient.UntypedVariants.Count == 0)
            return count;
        foreach (var position in _positions)
        {
            if (patient.UntypedVariants.Contains(position))
                count++;
        }

        return count;
    }

    private float CountFound(PatientProfile patient)
    {
        if (!patient.Alleles.TryGetValue(Gene, out var alleles))
            return float.NaN;
        var count = 0;
        for (var i = 0; i < alleles.Count; i++)
        {
            if (Carries(alleles[i]))
                count++;
        }

        return Math.Min(count, 2);
    }

    private bool Carries(string allele)
    {
        if (!allele.StartsWith('['))
            return _names.Contains(allele);
        var strand = allele.AsSpan(1, allele.Length - 2);
        foreach (var part in strand.Split(Joint))
        {
            if (_parts.Contains(strand[part]))
                return true;
        }

        return false;
    }
}
