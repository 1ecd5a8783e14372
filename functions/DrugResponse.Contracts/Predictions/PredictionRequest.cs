using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Contracts.Predictions;

/// <summary>
/// A patient's genotype and medication history, and the drugs to score. Body of <c>POST v1/predictions</c> and of a
/// message on <c>prediction-requests</c>.
/// </summary>
/// <remarks>
/// Everything is optional except that <see cref="Genotype"/>, <see cref="Medications"/> or <see cref="Candidates"/> must be
/// there. What is absent is unknown; an empty <see cref="Medications"/> says that the patient takes none.
/// </remarks>
public sealed record PredictionRequest
{
    /// <summary>Identity of a queued request, chosen by its producer; a second message with the same one writes nothing.</summary>
    [Text(PredictionRequestReader.MaxIdLength)]
    public string? RequestId { get; init; }

    /// <summary>Who the patient is, as far as scoring needs it.</summary>
    public Patient? Patient { get; init; }

    /// <summary>Genotype in any of its notations, which can be mixed.</summary>
    public Genotype? Genotype { get; init; }

    /// <summary>Medication history; empty says none, null says unknown.</summary>
    [Entries(PredictionRequestReader.MaxMedications)]
    public IReadOnlyList<Medication>? Medications { get; init; }

    /// <summary>
    /// Diagnoses and other facts by name (<c>heart failure</c>); <c>no heart failure</c> says that one does not hold, and both together are
    /// refused. Null says unknown, a list says that the diagnoses that it does not name do not hold; but facts that
    /// <c>GET v1/features</c> marks <c>statedOnly</c> (laboratory, tumour, adherence, course of the disease) stay unknown unless stated.
    /// </summary>
    [Entries(PredictionRequestReader.MaxConditions)]
    [Text(PredictionRequestReader.MaxNameLength)]
    public IReadOnlyList<string>? Conditions { get; init; }

    /// <summary>
    /// Drugs to score, by name. When absent, every active medication that the service has models for, or that guidelines act on by genes,
    /// is a candidate; classes and other drugs are left out.
    /// </summary>
    [Entries(PredictionRequestReader.MaxCandidates)]
    [Text(PredictionRequestReader.MaxNameLength)]
    public IReadOnlyList<string>? Candidates { get; init; }

    // The hash that an idempotency key is checked by is taken over this record's JSON: what a request does not give must not change it.

    /// <summary>
    /// Laboratory and other measurements by name (<c>uracilNgPerMl</c>); each name states its unit, and <c>GET v1/features</c> lists the
    /// names with the least and greatest value accepted. One that is absent is unknown.
    /// </summary>
    [Unit(UnitAttribute.OfTheMeasurement)]
    [Entries(PredictionRequestReader.MaxMeasurements)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Measurements { get; init; }

    /// <summary>
    /// Dose per administration by drug, planned or taken, in milligrams: above 0, up to 100,000. Names are understood like those of
    /// <see cref="Candidates"/>. It goes before what a line of <see cref="Medications"/> says.
    /// </summary>
    [Unit("mg")]
    [Range(0.0, PredictionRequestReader.MaxDoseMg, MinimumIsExclusive = true)]
    [Entries(PredictionRequestReader.MaxDoses)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Doses { get; init; }

    /// <summary>
    /// What the scoring is for, such as <c>treatment</c> or <c>research</c>: lower-case letters, digits and hyphens, at most 64. It stands
    /// in the audit trail.
    /// </summary>
    [Text(PredictionRequestReader.MaxPurposeLength, Pattern = "^[a-z0-9-]+$")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Purpose { get; init; }

    /// <summary>Where the patient's consent is documented, in the caller's terms, at most 128 characters. It is stored encrypted.</summary>
    [Text(ConsentReader.MaxReferenceLength)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ConsentReference { get; init; }
}

/// <summary>Attributes of a patient. All optional; what is absent is unknown.</summary>
public sealed record Patient
{
    /// <summary>The caller's own id of the patient. It is stored as a keyed hash, never in clear.</summary>
    [Text(PredictionRequestReader.MaxIdLength)]
    public string? Id { get; init; }

    /// <summary>Age in years, 0 to 120.</summary>
    [Unit("years")]
    [Range(0.0, 120.0)]
    public double? AgeYears { get; init; }

    /// <summary>Sex recorded at birth: <c>female</c> or <c>male</c>.</summary>
    [AllowedValues("female", "male")]
    public string? Sex { get; init; }

    /// <summary>Weight in kilograms, 0.3 to 500.</summary>
    [Unit("kg")]
    [Range(0.3, 500.0)]
    public double? WeightKg { get; init; }

    /// <summary>Height in centimetres, 20 to 260.</summary>
    [Unit("cm")]
    [Range(20.0, 260.0)]
    public double? HeightCm { get; init; }

    /// <summary>Ancestry: a CPIC biogeographical group (<c>European</c>, <c>East Asian</c>, …) or a usual synonym.</summary>
    [Text(PredictionRequestReader.MaxNameLength)]
    public string? Ancestry { get; init; }

    /// <summary>Estimated glomerular filtration rate, mL/min/1.73 m², 0 to 250.</summary>
    [Unit("mL/min/1.73 m²")]
    [Range(0.0, 250.0)]
    public double? EGfr { get; init; }

    /// <summary>Whether the patient currently smokes.</summary>
    public bool? Smoker { get; init; }
}

/// <summary>Genotype as tested, in any mixture of notations.</summary>
public sealed record Genotype
{
    /// <summary>Per gene, one diplotype or several statements (<c>*1/*3</c>; for HLA also <c>*57:01 negative</c>).</summary>
    [Entries(PredictionRequestReader.MaxGenes)]
    [Text(PredictionRequestReader.MaxNameLength)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Diplotypes { get; init; }

    /// <summary>Per gene, the phenotype a laboratory reported.</summary>
    [Entries(PredictionRequestReader.MaxGenes)]
    [Text(PredictionRequestReader.MaxNameLength)]
    public IReadOnlyDictionary<string, string>? Phenotypes { get; init; }

    /// <summary>Per gene, the activity score a laboratory reported, as written (<c>1.5</c>, <c>≥3.0</c>).</summary>
    [Unit("1")]
    [Entries(PredictionRequestReader.MaxGenes)]
    [Text(PredictionRequestReader.MaxScoreLength)]
    public IReadOnlyDictionary<string, string>? ActivityScores { get; init; }

    /// <summary>Per rsID, the two bases observed (<c>C/T</c>).</summary>
    [Entries(PredictionRequestReader.MaxVariants)]
    [Text(PredictionRequestReader.MaxNameLength)]
    public IReadOnlyDictionary<string, string>? Variants { get; init; }

    /// <summary>The text of a VCF 4 file, GRCh38.</summary>
    public string? Vcf { get; init; }
}

/// <summary>
/// One entry of a medication history, named by exactly one of <see cref="Drug"/>, <see cref="RxNorm"/>,
/// <see cref="Atc"/> and <see cref="Text"/>.
/// </summary>
public sealed record Medication
{
    /// <summary>Drug or drug class by name.</summary>
    [Text(PredictionRequestReader.MaxNameLength)]
    public string? Drug { get; init; }

    /// <summary>RxNorm concept id of the ingredient.</summary>
    [Text(PredictionRequestReader.MaxDrugCodeLength)]
    public string? RxNorm { get; init; }

    /// <summary>ATC code, fifth level.</summary>
    [Text(PredictionRequestReader.MaxDrugCodeLength)]
    public string? Atc { get; init; }

    /// <summary>A line as a pharmacy has it: <c>metoprolol succinate ER 50 mg po bid</c>.</summary>
    [Text(PredictionRequestReader.MaxLineLength)]
    public string? Text { get; init; }

    /// <summary><c>active</c> (also when absent) or <c>stopped</c>.</summary>
    [AllowedValues("active", "stopped")]
    public string? Status { get; init; }

    /// <summary>First day taken.</summary>
    public DateOnly? Started { get; init; }

    /// <summary>Last day taken.</summary>
    public DateOnly? Stopped { get; init; }

    /// <summary>What came of it: <c>responded</c>, <c>no-response</c> or <c>adverse-event</c>.</summary>
    [AllowedValues("responded", "no-response", "adverse-event")]
    public string? Outcome { get; init; }

    /// <summary>The adverse event, in the caller's words.</summary>
    [Text(PredictionRequestReader.MaxNameLength)]
    public string? Event { get; init; }
}
