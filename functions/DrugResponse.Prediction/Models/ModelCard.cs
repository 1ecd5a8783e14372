using System.Text.Json.Serialization;

namespace DrugResponse.Prediction.Models;

/// <summary>
/// The model card beside an archive (<c>card.json</c>): what the model predicts, from what it was learned, how well it
/// does, and what the service needs to turn its score into an answer.
/// </summary>
public sealed record ModelCard
{
    /// <summary>Drug, canonical lower-case ingredient name.</summary>
    public required string Drug { get; init; }

    /// <summary>Endpoint: a stable kebab-case key such as <c>standard-dose-suffices</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Whether the endpoint is a response, an adverse event or a dose.</summary>
    public required EndpointKind Kind { get; init; }

    /// <summary>Semantic version of the model.</summary>
    public required string Version { get; init; }

    /// <summary>What exactly is predicted, in one sentence a clinician can check.</summary>
    public required string Predicts { get; init; }

    /// <summary>
    /// Key shared by the endpoints of other drugs that count the same thing over a comparable time, so that their probabilities can be
    /// put in order; null when this one is comparable with none.
    /// </summary>
    public string? ComparisonGroup { get; init; }

    /// <summary>Scale of the raw score and of contributions: <c>log-odds</c>, <c>sqrt-mg-per-week</c>.</summary>
    public required string Scale { get; init; }

    /// <summary>Unit of the value answered for a dose (<c>mg/week</c>); null for a probability.</summary>
    public string? Unit { get; init; }

    /// <summary>The interval around the score.</summary>
    public required ModelInterval Interval { get; init; }

    /// <summary>Range of each numeric feature in the training data; outside it the answer warns.</summary>
    public required IReadOnlyDictionary<string, FeatureRange> TrainingRanges { get; init; }

    /// <summary>Whether real patients or a simulated cohort taught the model; every answer repeats it.</summary>
    public required TrainingBasis TrainedOn { get; init; }

    /// <summary>What the model was trained on: source, citation, size, selection.</summary>
    public required ModelTrainingData TrainingData { get; init; }

    /// <summary>
    /// Key of the outcome in the evidence tables that a simulated cohort was made from (<c>clopidogrel_mace</c>); null for a model of
    /// real patients.
    /// </summary>
    public string? SourceOutcome { get; init; }

    /// <summary>
    /// Whether no factor is known to change this endpoint: the model then gives the published rate to everybody, and the answer says so.
    /// </summary>
    public bool HasNoKnownEffects { get; init; }

    /// <summary>The terms of the risk equation behind a simulated cohort, each with its source; empty for a model of real patients.</summary>
    public IReadOnlyList<RiskCoefficient> Coefficients { get; init; } = [];

    /// <summary>Rows of the evidence tables that the risk equation does not use, each with the reason.</summary>
    public IReadOnlyList<LeftOutEffect> LeftOut { get; init; } = [];

    /// <summary>Metrics by name, each with how it was measured.</summary>
    public required IReadOnlyList<ModelMetric> Metrics { get; init; }

    /// <summary>Predicted against observed, by bins of the prediction.</summary>
    public IReadOnlyList<ReliabilityPoint> Reliability { get; init; } = [];

    /// <summary>
    /// Risk ratios that the model gives at a reference population beside the published ones. A consistency check, not a validation: the
    /// published numbers went into the simulated cohort.
    /// </summary>
    public IReadOnlyList<RiskRatioCheck> RiskRatios { get; init; } = [];

    /// <summary>What the model may be used for.</summary>
    public required string IntendedUse { get; init; }

    /// <summary>What it must not be used for, and known limits, one sentence each.</summary>
    public required IReadOnlyList<string> Limits { get; init; }
}

/// <summary>Kind of endpoint.</summary>
[JsonConverter(typeof(EndpointKindJson))]
public enum EndpointKind
{
    /// <summary>Benefit of the drug.</summary>
    Response,

    /// <summary>Harm by the drug.</summary>
    Adverse,

    /// <summary>The dose that the patient needs.</summary>
    Dose,
}

/// <summary>What taught a model.</summary>
[JsonConverter(typeof(TrainingBasisJson))]
public enum TrainingBasis
{
    /// <summary>A simulated cohort whose parameters are published numbers.</summary>
    VirtualCohort,

    /// <summary>Records of real patients.</summary>
    RealCohort,
}

/// <summary>One term of a risk equation.</summary>
/// <param name="Factor">Machine name of the factor, or <c>baseline</c>.</param>
/// <param name="Description">What the factor is, or the group that the baseline holds for.</param>
/// <param name="Features">Features of the catalogue that carry it; empty for the baseline.</param>
/// <param name="Measure">What was published: <c>OR</c>, <c>HR</c>, <c>RR</c>, <c>risk</c>, <c>beta</c>.</param>
/// <param name="Value">The published figure.</param>
/// <param name="Low">Lower end of its 95 % interval, where there is one.</param>
/// <param name="High">Upper end of its 95 % interval, where there is one.</param>
/// <param name="LogOdds">The term used, on the log-odds scale of the modelled event.</param>
/// <param name="StandardError">Standard error used on the same scale.</param>
/// <param name="Basis"><c>published</c>, <c>derived</c> or <c>assumed</c>. No claim may rest on an assumed term.</param>
/// <param name="Citation">First author, journal, year.</param>
/// <param name="Pmid">PubMed id, where certain.</param>
/// <param name="Note">How the published figure became the term, where it is not the plain conversion; else null.</param>
public sealed record RiskCoefficient(
    string Factor,
    string Description,
    IReadOnlyList<string> Features,
    string Measure,
    double Value,
    double? Low,
    double? High,
    double LogOdds,
    double StandardError,
    string Basis,
    string Citation,
    string? Pmid,
    string? Note)
{
    private const string Baseline = "baseline";
    private const string Assumed = "assumed";

    /// <summary>Whether this is the rate of the reference group, not an effect.</summary>
    internal bool IsBaseline => Factor == Baseline;

    /// <summary>Whether the figure was assumed for want of a published one.</summary>
    internal bool IsAssumed => Basis == Assumed;
}

/// <summary>A row of the evidence tables that was not used.</summary>
/// <param name="Factor">Machine name of the factor.</param>
/// <param name="Description">What the row says.</param>
/// <param name="Reason">Why it was not used.</param>
/// <param name="Feature">
/// Name of the feature that tells whether the row applies to a patient, who is then warned of; null when no feature tells.
/// </param>
/// <param name="From">Least value of the feature at which the row applies; null for no lower end.</param>
/// <param name="To">Greatest value at which it applies; null for no upper end.</param>
/// <remarks>A row with a feature has at least one of the two ends.</remarks>
public sealed record LeftOutEffect(
    string Factor, string Description, string Reason, string? Feature = null, double? From = null, double? To = null);

/// <summary>One bin of a calibration curve.</summary>
/// <param name="Predicted">Mean predicted probability.</param>
/// <param name="Observed">Mean observed rate.</param>
/// <param name="Patients">Patients in the bin.</param>
public sealed record ReliabilityPoint(double Predicted, double Observed, int Patients);

/// <summary>A published risk ratio beside the model's.</summary>
/// <param name="Factor">Machine name of the factor.</param>
/// <param name="Measure">Scale of both figures: <c>OR</c>, <c>HR</c>, <c>RR</c>, <c>risk</c>.</param>
/// <param name="Published">The published figure.</param>
/// <param name="Low">Lower end of its 95 % interval, where there is one.</param>
/// <param name="High">Upper end of its 95 % interval, where there is one.</param>
/// <param name="Model">The model's figure, standardised to the reference population.</param>
public sealed record RiskRatioCheck(string Factor, string Measure, double Published, double? Low, double? High, double Model);

/// <summary>Values of a feature seen in training.</summary>
/// <param name="Min">Lower end (a low percentile, as the card says).</param>
/// <param name="Max">Upper end.</param>
public sealed record FeatureRange(double Min, double Max);

/// <summary>Provenance of the training data.</summary>
/// <param name="Source">Where the data come from.</param>
/// <param name="Citation">What to cite.</param>
/// <param name="Subjects">Number of subjects trained on.</param>
/// <param name="Selection">Which subjects were used.</param>
public sealed record ModelTrainingData(string Source, string Citation, int Subjects, string Selection);

/// <summary>One measured figure.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Low">Lower end of its 95 % confidence interval, where measured.</param>
/// <param name="High">Upper end of its 95 % confidence interval, where measured.</param>
/// <param name="Group">Subgroup, or <c>all</c>.</param>
/// <param name="Method">How it was measured (for example 10-fold cross-validation on the train split).</param>
public sealed record ModelMetric(string Name, double Value, double? Low, double? High, string Group, string Method);
