namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>Everything a caller knows about a patient's genotype, in any mixture. What is absent is unknown, never normal.</summary>
/// <remarks>
/// <para>Precedence per gene, highest first: diplotype, activity score, phenotype, then variants and VCF together. Variants and VCF are
/// both observations and are joined position by position; where they disagree at a position the variant given by rsID counts. An input of
/// lower precedence that says something else raises <see cref="WarningCodes.ConflictingInput"/>. <c>not tested</c> in one input lets the
/// next one speak.</para>
/// </remarks>
public sealed record GenotypeInput
{
    private static readonly IReadOnlyDictionary<string, string> NoTexts = new Dictionary<string, string>();

    /// <summary>
    /// Gene symbol to one text, or several. Usually one diplotype (<c>*1/*2</c>); for HLA genes one entry for each allele
    /// (<c>*57:01 negative</c>) or a typing (<c>*57:01/*44:02</c>); several diplotypes are equally possible ones; several single DPYD or
    /// RYR1 variants are variants of unknown phase; <c>rs9923231 C/T</c> is the genotype of one position; <c>not tested</c> is no result.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Diplotypes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Gene symbol to the phenotype that a laboratory reported, such as <c>Poor Metabolizer</c>.</summary>
    public IReadOnlyDictionary<string, string> Phenotypes { get; init; } = NoTexts;

    /// <summary>Gene symbol to the activity score that a laboratory reported, as text: <c>1.5</c>, <c>≥3.0</c>, <c>n/a</c>.</summary>
    public IReadOnlyDictionary<string, string> ActivityScores { get; init; } = NoTexts;

    /// <summary>rsID to genotype: <c>C/T</c>, <c>CT</c>, <c>C|T</c>, a single base for one copy, <c>-</c> for a deletion.</summary>
    public IReadOnlyDictionary<string, string> Variants { get; init; } = NoTexts;

    /// <summary>The text of a VCF (GRCh38), or null.</summary>
    public string? Vcf { get; init; }

    /// <summary>The sample column of the VCF to read; needed when it has several.</summary>
    public string? VcfSample { get; init; }
}
