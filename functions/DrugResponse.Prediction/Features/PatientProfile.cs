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
    /// there are none.
    /// </summary>
    public IReadOnlySet<string>? Conditions { get; init; }

    /// <summary>
    /// Called alleles by gene symbol: two names for a diploid call, in canonical order. A gene that was not given, or
    /// that could not be called without doubt, is absent.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Alleles { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();
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
