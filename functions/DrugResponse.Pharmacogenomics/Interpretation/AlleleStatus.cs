namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Whether a named HLA allele is present.</summary>
/// <param name="Allele">The allele at two-field resolution, such as <c>*57:01</c>.</param>
/// <param name="IsPresent">Whether at least one copy was found; null when the typing cannot tell.</param>
public sealed record AlleleStatus(string Allele, bool? IsPresent)
{
    /// <summary>The guideline's term: <c>*57:01 positive</c>, <c>*57:01 negative</c>; null when the typing cannot tell.</summary>
    public string? Term => IsPresent switch
    {
        true => Allele + " positive",
        false => Allele + " negative",
        _ => null,
    };
}
