namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>How many copies of a star allele lie in tandem on one chromosome: an exact count, or at least so many.</summary>
/// <param name="Count">The number of copies, 1 or more; the least number when <paramref name="AtLeast"/> is set.</param>
/// <param name="AtLeast">The assay found a duplication but could count only a lower bound (<c>x≥3</c>).</param>
public readonly record struct CopyNumber(int Count, bool AtLeast = false)
{
    /// <summary>The most copies that an input may claim; more is taken for a typing error.</summary>
    public const int Max = 20;

    /// <summary>One copy, the usual case.</summary>
    public static CopyNumber One { get; } = new(1);

    /// <summary>The suffix of an allele name: empty for one copy, else <c>x2</c> or <c>x≥3</c>.</summary>
    /// <returns>The suffix.</returns>
    public override string ToString() => (Count, AtLeast) switch
    {
        (1, false) => "",
        (_, false) => string.Create(null, $"x{Count}"),
        _ => string.Create(null, $"x≥{Count}"),
    };
}
