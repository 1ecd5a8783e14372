using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Contracts.Predictions;

/// <summary>The answer to a request for a prediction, as stored and as read back.</summary>
public sealed record PredictionResponse
{
    /// <summary>Id of this prediction; reading it back is <c>GET v1/predictions/{predictionId}</c>.</summary>
    public required string PredictionId { get; init; }

    /// <summary>
    /// Random pseudonym of the patient; everything stored hangs on it. Null for a row of a batch, which belongs to no patient's history.
    /// </summary>
    public required string? PatientKey { get; init; }

    /// <summary>When the prediction was made, UTC.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Version of the pharmacogenomic tables used.</summary>
    public required string KnowledgeVersion { get; init; }

    /// <summary>What the genotype says, one entry per gene that was given.</summary>
    public required IReadOnlyList<GenePhenotype> Phenotypes { get; init; }

    /// <summary>One entry per drug scored, in the order asked for.</summary>
    public required IReadOnlyList<DrugPrediction> Drugs { get; init; }

    /// <summary>
    /// The drugs in order of a probability that counts the same thing for each of them; empty where no two can be compared.
    /// </summary>
    public IReadOnlyList<DrugRanking> Rankings { get; init; } = [];

    /// <summary>What the reader must know about the input as a whole.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }
}

/// <summary>What a patient's input says about one gene.</summary>
public sealed record GenePhenotype
{
    /// <summary>HGNC gene symbol.</summary>
    public required string Gene { get; init; }

    /// <summary>Diplotypes consistent with the input, best first; empty when the gene cannot be called.</summary>
    public required IReadOnlyList<string> Diplotypes { get; init; }

    /// <summary>Variants found one by one, for genes whose phase is unknown; twice when homozygous.</summary>
    public IReadOnlyList<string>? Alleles { get; init; }

    /// <summary>Activity score as text (<c>1.0</c>, <c>≥3.0</c>), for genes scored so.</summary>
    public string? ActivityScore { get; init; }

    /// <summary>Genetic phenotype; null when the candidates disagree or the gene cannot be called.</summary>
    public string? Phenotype { get; init; }

    /// <summary>Phenotypes of all candidate diplotypes, when they disagree.</summary>
    public IReadOnlyList<string>? PossiblePhenotypes { get; init; }

    /// <summary>Phenotype under the active medications.</summary>
    public string? ClinicalPhenotype { get; init; }

    /// <summary>Activity score under the active medications.</summary>
    public string? ClinicalActivityScore { get; init; }

    /// <summary>Which notation the call came from.</summary>
    public required string CallSource { get; init; }

    /// <summary>Why a gene was not called, or null.</summary>
    public string? CallState { get; init; }

    /// <summary>Medications that shift the phenotype, and how.</summary>
    public required IReadOnlyList<PhenoconversionStep> Phenoconversion { get; init; }

    /// <summary>Defining positions that were not given; alleles that rest on them cannot be excluded.</summary>
    public required IReadOnlyList<string> MissingPositions { get; init; }

    /// <summary>The path of reasoning from input to phenotype, one step a line.</summary>
    public IReadOnlyList<string> Reasoning { get; init; } = [];
}

/// <summary>What medications do, or may do, to a gene's function.</summary>
/// <param name="Drugs">Perpetrator drugs of one kind; the strongest decides.</param>
/// <param name="Effect">Kind and strength: <c>strong inhibitor</c>.</param>
/// <param name="Applied">Whether the clinical phenotype follows from it; false when it is only a warning.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Source">Source of the rule.</param>
/// <param name="Evidence">Strength of evidence of the rule: <c>guideline</c>, <c>no consensus</c>, <c>label</c>.</param>
public sealed record PhenoconversionStep(
    [property: Text(PredictionRequestReader.MaxNameLength)] IReadOnlyList<string> Drugs,
    string Effect,
    bool Applied,
    string Message,
    string Source,
    string Evidence);

/// <summary>Everything said about one drug for this patient.</summary>
public sealed record DrugPrediction
{
    /// <summary>Ingredient, canonical lower-case name.</summary>
    public required string Drug { get; init; }

    /// <summary>The primary response endpoint; null when no model exists.</summary>
    public EndpointPrediction? Response { get; init; }

    /// <summary>Other response endpoints.</summary>
    public required IReadOnlyList<EndpointPrediction> OtherResponses { get; init; }

    /// <summary>Adverse endpoints.</summary>
    public required IReadOnlyList<EndpointPrediction> Adverse { get; init; }

    /// <summary>The predicted dose, where a dose model exists.</summary>
    public DosePrediction? Dose { get; init; }

    /// <summary>What guidelines say for this patient's phenotypes.</summary>
    public required IReadOnlyList<GuidanceAction> Guidance { get; init; }

    /// <summary>What the reader must know about this drug's scores.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }
}

/// <summary>A guideline's action for this patient's phenotypes.</summary>
public sealed record GuidanceAction
{
    /// <summary>Action code (<c>standard</c>, <c>reduce-dose</c>, <c>avoid</c>, …).</summary>
    public required string Action { get; init; }

    /// <summary>What to do when the first is not possible.</summary>
    public string? FallbackAction { get; init; }

    /// <summary>What a dose change applies to: <c>start</c>, <c>maintenance</c>, <c>daily</c>; null when not said.</summary>
    public string? DoseTarget { get; init; }

    /// <summary>Lower end of the share of the standard dose; null when no amount is given.</summary>
    [Unit("1")]
    [Range(0.0, 10.0)]
    public decimal? DoseFactorMin { get; init; }

    /// <summary>Upper end of the share of the standard dose.</summary>
    [Unit("1")]
    [Range(0.0, 10.0)]
    public decimal? DoseFactorMax { get; init; }

    /// <summary>Absolute limit in milligrams per day; null when there is none.</summary>
    [Unit("mg/day")]
    [Range(0.0, UnitAttribute.Most)]
    public decimal? DoseCapMgPerDay { get; init; }

    /// <summary>What to monitor: <c>tdm</c>, <c>adverse-events</c>, <c>efficacy</c>.</summary>
    public IReadOnlyList<string> Monitoring { get; init; } = [];

    /// <summary>Conditions on the action, as codes such as <c>based-on-TPMT-only</c>.</summary>
    public IReadOnlyList<string> Qualifiers { get; init; } = [];

    /// <summary>Strength of the recommendation, in the guideline's own terms.</summary>
    public string? Strength { get; init; }

    /// <summary>Patients the recommendation is for.</summary>
    public string? Population { get; init; }

    /// <summary>The gene results it was looked up by: activity score, phenotype or allele status, as the guideline has it.</summary>
    public required IReadOnlyDictionary<string, string> Genes { get; init; }

    /// <summary>The phenotypes that those results stand for.</summary>
    public IReadOnlyDictionary<string, string> Phenotypes { get; init; } = new Dictionary<string, string>();

    /// <summary>What each result means for this drug, as codes such as <c>exposure-increased</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Implications { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether it was looked up by the genetic results, those under co-medication, or both, which agree (<c>genetic</c>, <c>clinical</c>, <c>both</c>).</summary>
    public string? Basis { get; init; }

    /// <summary>
    /// Why it may not hold, as codes such as <c>alleles-not-excluded:DPYD</c>. While not empty, <c>standard</c> must not be read as cleared.
    /// </summary>
    public IReadOnlyList<string> Reservations { get; init; } = [];

    /// <summary>Guideline, release and citation.</summary>
    public required string Source { get; init; }
}

/// <summary>Something the reader of an answer must know.</summary>
/// <param name="Code">Stable code. Codes about the genotype come from the pharmacogenomic tables.</param>
/// <param name="Path">JSON pointer into the request, where the warning is about a part of it.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record Warning(
    [property: Words(typeof(WarningCodes))] string Code,
    [property: Text(Pattern = TextAttribute.JsonPointer), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Path,
    string Message);
