using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>
/// What one chromosome carries of a gene, under the name that the allele tables give it: a star allele (<c>*2</c>), a copy number
/// (<c>*1x2</c>), a hybrid or tandem (<c>*36 + *10</c>), an HGVS-like name (<c>c.1905+1G&gt;A (*2A)</c>), or, for genes whose variants are
/// listed one by one, several variants of one strand (<c>[c.498G&gt;A + c.2582A&gt;G]</c>).
/// </summary>
/// <remarks>
/// Those of the allele tables are made once per gene; others (a copy number or tandem that no table lists) are derived from their
/// components and say so by <see cref="Derivation"/>. Equal when gene and name are equal. Immutable and safe to share between threads.
/// </remarks>
public sealed class Haplotype : IEquatable<Haplotype>, IComparable<Haplotype>
{
    internal Haplotype(
        GeneSymbol gene,
        string name,
        IReadOnlyList<StarAllele> components,
        AlleleFunction function,
        ActivityScore? activity,
        HaplotypeDerivation derivation,
        int index)
    {
        Gene = gene;
        Name = name;
        Components = components;
        Function = function;
        Activity = activity;
        Derivation = derivation;
        Index = index;
    }

    /// <summary>The gene that the haplotype belongs to.</summary>
    public GeneSymbol Gene { get; }

    /// <summary>The canonical name, as the allele tables write it.</summary>
    public string Name { get; }

    /// <summary>The named alleles that make up the haplotype, in the order of the name; one for most.</summary>
    public IReadOnlyList<StarAllele> Components { get; }

    /// <summary>The clinical function that the guidelines assign to the haplotype.</summary>
    public AlleleFunction Function { get; }

    /// <summary>The activity value (<c>n/a</c> when it is not known); null for genes that are not scored.</summary>
    public ActivityScore? Activity { get; }

    /// <summary>Whether function and activity come from a table or were worked out from the components.</summary>
    public HaplotypeDerivation Derivation { get; }

    /// <summary>Place in the gene's allele table; -1 for derived haplotypes.</summary>
    internal int Index { get; }

    /// <summary>Whether this is the gene's reference haplotype, which carries no defining variant.</summary>
    public bool IsReference { get; internal init; }

    /// <summary>Compares gene and name.</summary>
    /// <param name="other">The haplotype to compare with.</param>
    /// <returns>Whether both are the same haplotype.</returns>
    public bool Equals(Haplotype? other) =>
        ReferenceEquals(this, other) || (other is not null && Gene.Equals(other.Gene) && Name == other.Name);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Haplotype);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Gene, Name);

    /// <summary>Orders by natural order of the names, so that <c>*2</c> stands before <c>*10</c>.</summary>
    /// <param name="other">The haplotype to compare with.</param>
    /// <returns>Negative, zero or positive, as for any comparison.</returns>
    public int CompareTo(Haplotype? other) => other is null ? 1 : HaplotypeOrder.Compare(this, other);

    /// <summary>The canonical name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    /// <inheritdoc cref="Equals(Haplotype?)"/>
    public static bool operator ==(Haplotype? left, Haplotype? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two differ in gene or name.</summary>
    public static bool operator !=(Haplotype? left, Haplotype? right) => !(left == right);

    /// <summary>Whether the left one stands before the right one in natural order.</summary>
    public static bool operator <(Haplotype left, Haplotype right) => HaplotypeOrder.Compare(left, right) < 0;

    /// <summary>Whether the left one stands after the right one in natural order.</summary>
    public static bool operator >(Haplotype left, Haplotype right) => HaplotypeOrder.Compare(left, right) > 0;

    /// <summary>Whether the left one does not stand after the right one in natural order.</summary>
    public static bool operator <=(Haplotype left, Haplotype right) => HaplotypeOrder.Compare(left, right) <= 0;

    /// <summary>Whether the left one does not stand before the right one in natural order.</summary>
    public static bool operator >=(Haplotype left, Haplotype right) => HaplotypeOrder.Compare(left, right) >= 0;
}
