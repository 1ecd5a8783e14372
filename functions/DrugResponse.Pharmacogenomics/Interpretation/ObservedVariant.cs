using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>A genotype of one position, on the forward strand of GRCh38.</summary>
/// <param name="Position">The position.</param>
/// <param name="First">Bases of one copy.</param>
/// <param name="Second">Bases of the other copy; null for a single copy.</param>
public sealed record ObservedVariant(VariantPosition Position, string First, string? Second)
{
    /// <summary>How many copies (0, 1 or 2) carry the given bases.</summary>
    /// <param name="bases">Bases on the forward strand, such as <c>T</c>.</param>
    /// <returns>The count.</returns>
    public int CountOf(string bases) => (First == bases ? 1 : 0) + (Second == bases ? 1 : 0);
}
