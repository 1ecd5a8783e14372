namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>
/// The unordered pair of haplotypes that a person carries of one gene; a single haplotype where the person has one copy (a male's
/// <c>G6PD</c>, the mitochondrial <c>MT-RNR1</c>).
/// </summary>
/// <remarks>
/// Two diplotypes are equal when they hold the same haplotypes, whatever order they were given in. Printed in canonical natural order
/// (<c>*2/*10</c>). Immutable and safe to share between threads.
/// </remarks>
public sealed class Diplotype : IEquatable<Diplotype>
{
    /// <summary>Pairs two haplotypes.</summary>
    /// <param name="first">One haplotype.</param>
    /// <param name="second">The other haplotype, of the same gene; null for a single copy.</param>
    /// <exception cref="ArgumentException">The haplotypes belong to different genes.</exception>
    public Diplotype(Haplotype first, Haplotype? second)
    {
        ArgumentNullException.ThrowIfNull(first);
        if (second is not null && !first.Gene.Equals(second.Gene))
            throw new ArgumentException("The haplotypes of a diplotype belong to one gene.", nameof(second));

        (First, Second) = second is not null && HaplotypeOrder.Compare(second, first) < 0 ? (second, first) : (first, second);
    }

    /// <summary>The gene.</summary>
    public GeneSymbol Gene => First.Gene;

    /// <summary>The haplotype that comes first in canonical order.</summary>
    public Haplotype First { get; }

    /// <summary>The other haplotype; null for a single copy.</summary>
    public Haplotype? Second { get; }

    /// <summary>Whether the person has only one copy of the gene.</summary>
    public bool IsSingleCopy => Second is null;

    /// <summary>How many of the two haplotypes hold the named allele (0, 1 or 2), not counting copies in tandem.</summary>
    /// <param name="allele">The allele's name without copy number, such as <c>*2</c>.</param>
    /// <returns>The number of chromosomes that carry it.</returns>
    public int CountOf(string allele) => (Carries(First, allele) ? 1 : 0) + (Second is not null && Carries(Second, allele) ? 1 : 0);

    /// <summary>Whether both hold the same haplotypes.</summary>
    /// <param name="other">The diplotype to compare with.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(Diplotype? other) => other is not null && First.Equals(other.First) && Equals(Second, other.Second);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Diplotype);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(First, Second);

    /// <summary>The canonical text, such as <c>*2/*10</c>; a single copy is its haplotype's name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Second is null ? First.Name : $"{First.Name}/{Second.Name}";

    private static bool Carries(Haplotype haplotype, string allele)
    {
        foreach (var component in haplotype.Components)
        {
            if (component.Name == allele)
                return true;
        }

        return false;
    }
}
