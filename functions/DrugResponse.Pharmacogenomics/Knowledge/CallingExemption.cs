namespace DrugResponse.Pharmacogenomics.Knowledge;

/// <summary>A published exception to the general calling rule of a gene.</summary>
/// <param name="Kind">What is different, such as <c>required-position</c> or <c>suballele-reported-as</c>.</param>
/// <param name="Value">The position, allele or diplotypes concerned.</param>
/// <param name="Detail">What is done instead, where the kind needs it.</param>
public sealed record CallingExemption(string Kind, string Value, string Detail)
{
    /// <summary>No call is made without this position.</summary>
    public const string RequiredPosition = "required-position";

    /// <summary>The position is not looked at.</summary>
    public const string IgnoredPosition = "ignored-position";

    /// <summary>The allele is never called.</summary>
    public const string IgnoredAllele = "ignored-allele";

    /// <summary>The position is reported but is part of no allele.</summary>
    public const string ExtraPosition = "extra-position";

    /// <summary>Of these equally possible diplotypes of unphased data, the one that is reported.</summary>
    public const string UnphasedPriority = "unphased-priority";

    /// <summary>An allele that every clinical test of the gene should include (AMP tier 1).</summary>
    public const string Tier1Allele = "amp-tier1-allele";

    /// <summary>
    /// A common allele of altered function of a gene for which AMP has named no tiers: a test that did not look for it does not tell the
    /// phenotype.
    /// </summary>
    public const string CommonAllele = "common-allele";

    /// <summary>A base that no definition knows counts as reference.</summary>
    public const string UndocumentedAsReference = "undocumented-variation-as-reference";

    /// <summary>Variants are listed one by one; the lowest function decides.</summary>
    public const string LowestFunction = "lowest-function-gene";

    /// <summary>The intronic position decides HapB3.</summary>
    public const string HapB3Decides = "hapb3-decides";

    /// <summary>This position alone gives the phenotype when no diplotype can be called.</summary>
    public const string FallbackPosition = "fallback-position";

    /// <summary>A sub-allele that is reported as its core allele.</summary>
    public const string SuballeleReportedAs = "suballele-reported-as";

    /// <summary>The name of the unchanged strand when a panel did not type the position that tells it from the reference allele.</summary>
    public const string PanelReference = "panel-reference";

    /// <summary>The gene cannot be called from variants.</summary>
    public const string NotCallable = "not-callable";
}
