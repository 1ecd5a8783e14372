namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>
/// The canonical order of haplotype names within a gene: the reference first where it has a word for a name (<c>Reference</c>,
/// <c>B (reference)</c>), then natural order, in which runs of digits count as numbers (<c>*2</c>, <c>*3A</c>, <c>*10</c>, <c>*10x2</c>).
/// </summary>
public static class HaplotypeOrder
{
    /// <summary>Compares two haplotypes of one gene.</summary>
    /// <param name="left">The first haplotype.</param>
    /// <param name="right">The second haplotype.</param>
    /// <returns>Negative when the left one comes first, zero when the names are equal, else positive.</returns>
    public static int Compare(Haplotype left, Haplotype right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (ReferenceEquals(left, right))
            return 0;

        var byReference = IsNamedReference(right).CompareTo(IsNamedReference(left));
        return byReference != 0 ? byReference : CompareNames(left.Name, right.Name);
    }

    /// <summary>Compares two names in natural order.</summary>
    /// <param name="left">The first name.</param>
    /// <param name="right">The second name.</param>
    /// <returns>Negative, zero or positive; zero only for equal names.</returns>
    public static int CompareNames(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);

        int i = 0, j = 0;
        while (i < left.Length && j < right.Length)
        {
            if (char.IsAsciiDigit(left[i]) && char.IsAsciiDigit(right[j]))
            {
                var a = DigitRun(left, ref i);
                var b = DigitRun(right, ref j);
                var byNumber = a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
                if (byNumber != 0)
                    return byNumber;
            }
            else if (left[i] != right[j])
                return left[i].CompareTo(right[j]);
            else
            {
                i++;
                j++;
            }
        }

        var byRest = (left.Length - i).CompareTo(right.Length - j);
        return byRest != 0 ? byRest : string.CompareOrdinal(left, right);
    }

    private static bool IsNamedReference(Haplotype haplotype) => haplotype.IsReference && haplotype.Name[0] != '*';

    private static ReadOnlySpan<char> DigitRun(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
            position++;

        return text.AsSpan(start, position - start).TrimStart('0');
    }
}
