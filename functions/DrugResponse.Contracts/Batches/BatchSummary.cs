using System.ComponentModel.DataAnnotations;
using DrugResponse.Contracts.Documentation;

namespace DrugResponse.Contracts.Batches;

/// <summary>What a batch says about its cohort: answer of <c>GET v1/batches/{batchId}/summary</c>. Counts are of rows scored so far.</summary>
public sealed record BatchSummary
{
    /// <summary>Id of the batch.</summary>
    public required string BatchId { get; init; }

    /// <summary>State of the batch when this was made; until it is final, numbers still change.</summary>
    public required string State { get; init; }

    /// <summary>Counts of rows.</summary>
    public required BatchRowCounts Rows { get; init; }

    /// <summary>The models that scored the rows. More than one version of a model: another was published while the batch ran.</summary>
    public required IReadOnlyList<ModelUse> Models { get; init; }

    /// <summary>The whole cohort.</summary>
    public required CohortSummary Cohort { get; init; }

    /// <summary>Parts of the cohort by sex, ancestry and age, each with its own numbers.</summary>
    public required IReadOnlyList<SubgroupSummary> Subgroups { get; init; }

    /// <summary>Per drug with a response endpoint, what enrolling by predicted response would do.</summary>
    public required IReadOnlyList<Enrichment> Enrichment { get; init; }
}

/// <summary>A model and how many rows it scored.</summary>
/// <param name="Id">Drug and endpoint.</param>
/// <param name="Version">Semantic version.</param>
/// <param name="Rows">Rows.</param>
public sealed record ModelUse(
    [property: Text(Pattern = TextAttribute.ModelId)] string Id,
    string Version,
    [property: Unit(UnitAttribute.Rows), Range(0, UnitAttribute.Most)] long Rows);

/// <summary>Distributions and counts of a set of rows.</summary>
/// <param name="Rows">Rows scored.</param>
/// <param name="Drugs">Per drug, ordered by name.</param>
/// <param name="Phenotypes">Per gene, ordered by symbol: how many rows have which clinical phenotype.</param>
public sealed record CohortSummary(
    [property: Unit(UnitAttribute.Rows), Range(0, UnitAttribute.Most)] long Rows,
    IReadOnlyList<CohortDrug> Drugs,
    IReadOnlyList<PhenotypeCounts> Phenotypes);

/// <summary>A part of the cohort.</summary>
/// <param name="By">What it is told apart by: <c>sex</c>, <c>ancestry</c> or <c>age</c>.</param>
/// <param name="Value">
/// <c>female</c>, <c>male</c>; the CPIC group that the ancestry stands for, such as <c>East Asian</c>; <c>0-17</c>,
/// <c>18-39</c>, <c>40-64</c>, <c>65-79</c>, <c>80+</c>; <c>unknown</c> when not given, or an ancestry that is not known.
/// </param>
/// <param name="Summary">Its numbers.</param>
public sealed record SubgroupSummary(string By, string Value, CohortSummary Summary);

/// <summary>What rows say about one drug.</summary>
/// <param name="Drug">Ingredient.</param>
/// <param name="Rows">Rows scored for it.</param>
/// <param name="Endpoints">Its endpoints, ordered by kind and name.</param>
/// <param name="Actions">How many rows have which guideline action; a row with several counts under each, one without any under <c>none</c>.</param>
public sealed record CohortDrug(
    string Drug,
    [property: Unit(UnitAttribute.Rows), Range(0, UnitAttribute.Most)] long Rows,
    IReadOnlyList<EndpointDistribution> Endpoints,
    IReadOnlyList<ActionCount> Actions);

/// <summary>Distribution of one endpoint's answers.</summary>
public sealed record EndpointDistribution
{
    /// <summary>Endpoint key.</summary>
    public required string Endpoint { get; init; }

    /// <summary><c>response</c>, <c>adverse</c> or <c>dose</c>.</summary>
    [AllowedValues("response", "adverse", "dose")]
    public required string Kind { get; init; }

    /// <summary>Unit of the numbers; null for probabilities.</summary>
    public string? Unit { get; init; }

    /// <summary>Rows with this answer.</summary>
    [Unit(UnitAttribute.Rows)]
    [Range(0, UnitAttribute.Most)]
    public required long Count { get; init; }

    /// <summary>Mean.</summary>
    [Unit(UnitAttribute.OfTheAnswer)]
    public required double Mean { get; init; }

    /// <summary>Least.</summary>
    [Unit(UnitAttribute.OfTheAnswer)]
    public required double Min { get; init; }

    /// <summary>Greatest.</summary>
    [Unit(UnitAttribute.OfTheAnswer)]
    public required double Max { get; init; }

    /// <summary>Quantiles by name (<c>p05</c>, <c>p25</c>, <c>p50</c>, <c>p75</c>, <c>p95</c>): exact to 0.001 for probabilities, to 1 % for doses.</summary>
    [Unit(UnitAttribute.OfTheAnswer)]
    public required IReadOnlyDictionary<string, double> Quantiles { get; init; }

    /// <summary>Counts in bins of equal width, for probabilities from 0 to 1 in steps of 0.05; for doses in steps that double.</summary>
    public required IReadOnlyList<HistogramBin> Histogram { get; init; }
}

/// <summary>One bin of a histogram: values from <paramref name="Low"/> up to but without <paramref name="High"/>, the last one with it.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Count">Rows.</param>
public sealed record HistogramBin(
    [property: Unit(UnitAttribute.OfTheAnswer)] double Low,
    [property: Unit(UnitAttribute.OfTheAnswer)] double High,
    [property: Unit(UnitAttribute.Rows), Range(0, UnitAttribute.Most)] long Count);

/// <summary>How many rows have a guideline action.</summary>
/// <param name="Action">Action code, or <c>none</c>.</param>
/// <param name="Count">Rows.</param>
public sealed record ActionCount(string Action, [property: Unit(UnitAttribute.Rows), Range(0, UnitAttribute.Most)] long Count);

/// <summary>How many rows have which phenotype of a gene.</summary>
/// <param name="Gene">HGNC symbol.</param>
/// <param name="Counts">Per clinical phenotype, most frequent first.</param>
public sealed record PhenotypeCounts(string Gene, IReadOnlyList<PhenotypeCount> Counts);

/// <summary>How many rows have a phenotype.</summary>
/// <param name="Phenotype">The phenotype, or <c>indeterminate</c>.</param>
/// <param name="Count">Rows.</param>
public sealed record PhenotypeCount(string Phenotype, [property: Unit(UnitAttribute.Rows), Range(0, UnitAttribute.Most)] long Count);

/// <summary>What a trial would enrol if it took only patients whose predicted response reaches a threshold.</summary>
/// <param name="Drug">Ingredient.</param>
/// <param name="Endpoint">The primary response endpoint that is looked at.</param>
/// <param name="Steps">Per threshold from 0 to 0.95 in steps of 0.05, ascending. Thresholds that nobody reaches are left out.</param>
public sealed record Enrichment(string Drug, string Endpoint, IReadOnlyList<EnrichmentStep> Steps);

/// <summary>One line of an enrichment table.</summary>
/// <param name="Threshold">Least probability of response for enrolment.</param>
/// <param name="Kept">Rows that reach it.</param>
/// <param name="KeptShare">Their share of all rows scored for the drug, 0 to 1.</param>
/// <param name="ExpectedResponse">Expected response rate among them: the mean of their probabilities.</param>
/// <param name="ExpectedAdverse">Expected rate of each adverse endpoint among them.</param>
public sealed record EnrichmentStep(
    [property: Unit("1"), Range(0.0, 1.0)] double Threshold,
    [property: Unit(UnitAttribute.Rows), Range(0, UnitAttribute.Most)] long Kept,
    [property: Unit("1"), Range(0.0, 1.0)] double KeptShare,
    [property: Unit("1"), Range(0.0, 1.0)] double ExpectedResponse,
    [property: Unit("1"), Range(0.0, 1.0)] IReadOnlyDictionary<string, double> ExpectedAdverse);
