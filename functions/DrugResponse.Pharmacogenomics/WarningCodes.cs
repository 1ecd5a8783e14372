namespace DrugResponse.Pharmacogenomics;

/// <summary>The stable codes of the warnings that this library gives. A code never changes its meaning.</summary>
public static class WarningCodes
{
    /// <summary>A sub-allele was taken as its core allele (<c>*4.012</c> as <c>*4</c>).</summary>
    public const string SuballeleAsCore = "sub-allele-taken-as-core-allele";

    /// <summary>A name that the nomenclature has since given up was translated (<c>SLCO1B1 *1B</c> is <c>*37</c>).</summary>
    public const string LegacyName = "legacy-name";

    /// <summary>The name fits several alleles of the same function; the most frequent was taken.</summary>
    public const string AmbiguousSynonym = "ambiguous-synonym";

    /// <summary>The named variant only stands in for the one that matters (<c>DPYD c.1236G&gt;A</c> for HapB3).</summary>
    public const string SurrogateVariant = "surrogate-variant";

    /// <summary>No table lists this copy number or tandem; function and activity were worked out from its parts.</summary>
    public const string DerivedHaplotype = "derived-haplotype";

    /// <summary>The bases were given on the other strand and were complemented.</summary>
    public const string ComplementStrand = "complement-strand";

    /// <summary>The variant is palindromic, so the strand of the given bases cannot be checked.</summary>
    public const string PalindromicVariant = "palindromic-variant";

    /// <summary>Two inputs about the same gene disagree; the one of higher precedence was used.</summary>
    public const string ConflictingInput = "conflicting-input";

    /// <summary>Not every position that defines an allele was called; the alleles named cannot be excluded.</summary>
    public const string PositionsMissing = "positions-missing";

    /// <summary>Several diplotypes explain the input equally well.</summary>
    public const string AmbiguousCall = "ambiguous-call";

    /// <summary>The variant defines no allele of a gene that is interpreted, and was not used.</summary>
    public const string UnknownVariant = "unknown-variant";

    /// <summary>The gene is known, but no guideline table interprets its genotype; it was not used.</summary>
    public const string GeneNotInterpreted = "gene-not-interpreted";

    /// <summary>The gene cannot be called from variants; its diplotype must be given.</summary>
    public const string NotCallable = "not-callable-from-variants";

    /// <summary>No diplotype could be called from the variants given.</summary>
    public const string NotCalled = "not-called";

    /// <summary>A base that no allele definition knows was found.</summary>
    public const string UndocumentedVariation = "undocumented-variation";

    /// <summary>The allele is defined, but no function is assigned to it, so no phenotype follows.</summary>
    public const string FunctionNotAssigned = "function-not-assigned";

    /// <summary>The phenotype follows from a single position, not from a diplotype.</summary>
    public const string FallbackPosition = "single-position-fallback";

    /// <summary>The reported score lies between the scores that two alleles can have.</summary>
    public const string UnusualScore = "unusual-activity-score";

    /// <summary>An HLA allele was given without saying whether it is present; it was taken as present.</summary>
    public const string PresenceAssumed = "presence-assumed";

    /// <summary>The typing has too low a resolution to tell whether the allele is present.</summary>
    public const string LowResolution = "low-resolution-typing";

    /// <summary>A record of the VCF was left out or needs care.</summary>
    public const string VcfRecord = "vcf-record";

    /// <summary>A medication is not known, and was not used.</summary>
    public const string UnknownDrug = "unknown-drug";

    /// <summary>Some words of a medication line were not understood.</summary>
    public const string NotUnderstood = "not-understood";

    /// <summary>A medication line names several drugs.</summary>
    public const string SeveralDrugs = "several-drugs";

    /// <summary>A line of the medication list is not about a medication that is taken.</summary>
    public const string NotAMedication = "not-a-medication";
}
