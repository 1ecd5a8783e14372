namespace DrugResponse.Prediction.Features;

/// <summary>
/// What is known of one patient, in the terms that features are computed from. Whatever the caller did not give is
/// <see langword="null"/> or absent, and stays so: a feature over it is NaN, never a default.
/// </summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed record PatientProfile
{
    /// <summary>Age in completed years (0 to 120), or null when not given. Fractions are allowed for infants.</summary>
    public double? AgeYears { get; init; }

    /// <summary>Sex recorded at birth, or null when not given.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Body weight in kilograms, or null when not given.</summary>
    public double? WeightKg { get; init; }

    /// <summary>Body height in centimetres, or null when not given.</summary>
    public double? HeightCm { get; init; }

    /// <summary>Ancestry as reported, or null when not given or not recognised.</summary>
    public AncestryGroup? Ancestry { get; init; }

    /// <summary>Estimated glomerular filtration rate in mL/min/1.73 m², or null when not given.</summary>
    public double? EGfr { get; init; }

    /// <summary>Whether the patient currently smokes, or null when not given.</summary>
    public bool? Smoker { get; init; }

    /// <summary>
    /// Ingredients and drug classes taken now, by canonical lower-case name (<c>amiodarone</c>, <c>macrolide antibiotic</c>);
    /// null when the caller gave no medication list at all, empty when the patient takes none.
    /// </summary>
    public IReadOnlySet<string>? ActiveMedications { get; init; }

    /// <summary>
    /// Conditions by canonical lower-case name (<c>heart failure</c>); null when the caller gave no list, empty when
    /// there are none. Of the names in <see cref="ConditionNames.StatedOnly"/> a list that does not hold them says nothing.
    /// </summary>
    public IReadOnlySet<string>? Conditions { get; init; }

    /// <summary>
    /// Conditions by canonical name of which the caller said that they do not hold (<c>no heart failure</c>, <c>node-negative</c>); none of
    /// them is among <see cref="Conditions"/>. Empty when the caller said so of none.
    /// </summary>
    public IReadOnlySet<string> AbsentConditions { get; init; } = new HashSet<string>();

    /// <summary>
    /// Called alleles by gene symbol: two names for a diploid call, in canonical order, one where the patient has a single copy. For genes
    /// whose variants are listed one by one because their phase is unknown (DPYD, RYR1): the variants found, twice when homozygous. A gene
    /// that was not given, or that could not be called without doubt, is absent.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Alleles { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>
    /// Bases observed at a defining position, by rsID or <c>chr1:123</c>, of genes that were typed by single variants or a VCF, whether or
    /// not alleles could be called from them; on the forward strand, one entry for each copy.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> TypedVariants { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>
    /// Defining positions, by rsID or <c>chr1:123</c>, of genes called from single variants or a VCF that were not typed: what they would
    /// have shown is not known, even though the gene was called.
    /// </summary>
    public IReadOnlySet<string> UntypedVariants { get; init; } = new HashSet<string>();

    /// <summary>
    /// Alleles by gene symbol that a typing by variants left open although every test of the gene should exclude them, and that could lie
    /// where <see cref="Alleles"/> has another; in canonical order. Where one of them would change the phenotype, that is not known.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> OpenAlleles { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>
    /// Genetic phenotype by gene symbol, in CPIC's terms (<c>Poor Metabolizer</c>). Absent when the gene was not given or its
    /// phenotype is not known without doubt.
    /// </summary>
    public IReadOnlyDictionary<string, string> Phenotypes { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Phenotype by gene symbol under the other medications; the genetic one where none acts. It may be known without a genotype:
    /// under a strong CYP2D6 inhibitor everybody is a poor metabolizer.
    /// </summary>
    public IReadOnlyDictionary<string, string> ClinicalPhenotypes { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Genes without a genotype whose function another medication lowers without deciding the phenotype (a moderate CYP2D6 inhibitor).
    /// </summary>
    public IReadOnlySet<string> InhibitedWithoutGenotype { get; init; } = new HashSet<string>();

    /// <summary>Whether an HLA allele is carried, by gene and two-field name (<c>HLA-B*57:01</c>); absent when not tested.</summary>
    public IReadOnlyDictionary<string, bool> HlaAlleles { get; init; } = new Dictionary<string, bool>();

    /// <summary>CPIC activity score by gene symbol where it is known exactly.</summary>
    public IReadOnlyDictionary<string, double> ActivityScores { get; init; } = new Dictionary<string, double>();

    /// <summary>
    /// Laboratory and other measurements by documented name (<see cref="MeasurementNames"/>), each in the unit that its name states.
    /// </summary>
    public IReadOnlyDictionary<string, double> Measurements { get; init; } = new Dictionary<string, double>();

    /// <summary>Dose in milligrams per administration, planned or taken, by canonical drug name.</summary>
    public IReadOnlyDictionary<string, double> DosesMg { get; init; } = new Dictionary<string, double>();

    /// <summary>
    /// What came of medications, current and past; null when the caller gave no medication list, empty when no outcome was stated.
    /// </summary>
    public IReadOnlyList<MedicationOutcome>? Outcomes { get; init; }

    /// <summary>
    /// Ingredients and classes that were taken within the last 30 days, those taken now among them; null when the caller gave no
    /// medication list. An entry that was stopped on an unknown day is not among them.
    /// </summary>
    public IReadOnlySet<string>? RecentMedications { get; init; }
}

/// <summary>What came of one medication.</summary>
/// <param name="Names">Canonical names of the drug and the classes that it belongs to.</param>
/// <param name="Kind">Whether it helped, failed or harmed.</param>
/// <param name="Event">The adverse event by canonical name (<see cref="AdverseEventNames"/>), or null.</param>
public sealed record MedicationOutcome(IReadOnlySet<string> Names, MedicationOutcomeKind Kind, string? Event);

/// <summary>Kind of outcome of a medication.</summary>
public enum MedicationOutcomeKind
{
    /// <summary>It helped.</summary>
    Responded,

    /// <summary>It did not help.</summary>
    NoResponse,

    /// <summary>It harmed.</summary>
    AdverseEvent,
}

/// <summary>Sex recorded at birth.</summary>
public enum Sex
{
    /// <summary>Female.</summary>
    Female,

    /// <summary>Male.</summary>
    Male,
}

/// <summary>
/// The nine biogeographical groups by which CPIC reports allele frequencies, and two coarser terms that records often
/// hold instead.
/// </summary>
public enum AncestryGroup
{
    /// <summary>African American or Afro-Caribbean.</summary>
    AfricanAmerican,

    /// <summary>Indigenous peoples of the Americas.</summary>
    American,

    /// <summary>Central or South Asian.</summary>
    CentralSouthAsian,

    /// <summary>East Asian.</summary>
    EastAsian,

    /// <summary>European.</summary>
    European,

    /// <summary>Latino.</summary>
    Latino,

    /// <summary>Near Eastern.</summary>
    NearEastern,

    /// <summary>Oceanian.</summary>
    Oceanian,

    /// <summary>Sub-Saharan African.</summary>
    SubSaharanAfrican,

    /// <summary>Asian, without saying from which part.</summary>
    Asian,

    /// <summary>Mixed, or recorded as other.</summary>
    MixedOrOther,
}
