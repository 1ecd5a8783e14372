using DrugResponse.Contracts.Documentation;

namespace DrugResponse.Contracts.Catalogue;

/// <summary>
/// The answer of <c>GET v1/features</c>: every feature that a model may ask for, and the words of a request that features are computed
/// from.
/// </summary>
/// <param name="KnowledgeVersion">Version of the pharmacogenomic tables that features look at.</param>
/// <param name="Features">The features, demographics first.</param>
/// <param name="Conditions">The conditions that are known, by name.</param>
/// <param name="Measurements">The measurements that are known, by name.</param>
/// <param name="AdverseEvents">The past adverse events that are known, by name.</param>
public sealed record FeatureList(
    string KnowledgeVersion,
    IReadOnlyList<FeatureSummary> Features,
    IReadOnlyList<ConditionTerm> Conditions,
    IReadOnlyList<MeasurementSummary> Measurements,
    IReadOnlyList<VocabularyTerm> AdverseEvents);

/// <summary>One feature.</summary>
/// <param name="Name">Name, camelCase, as an archive's input column has it.</param>
/// <param name="Unit">Unit, or <c>flag</c> (0 or 1), <c>count</c>, <c>level</c>, <c>code</c>, <c>score</c>.</param>
/// <param name="Min">Least value that it can take.</param>
/// <param name="Max">Greatest value that it can take.</param>
/// <param name="Meaning">What the number says, and when it is not known (NaN).</param>
/// <param name="Source">What it is computed from, and after which source where a clinical rule is involved.</param>
/// <param name="Inputs">The parts of the request that it is computed from; empty for what an earlier model said.</param>
/// <param name="ChainedFrom">The model, as <c>drug/endpoint</c>, whose score it is computed from; null for most.</param>
public sealed record FeatureSummary(
    [property: Text(Pattern = TextAttribute.CamelCase)] string Name,
    string Unit,
    [property: Unit(UnitAttribute.OfTheFeature)] double Min,
    [property: Unit(UnitAttribute.OfTheFeature)] double Max,
    string Meaning,
    string Source,
    IReadOnlyList<FeatureInputSummary> Inputs,
    string? ChainedFrom);

/// <summary>A part of the request that a feature is computed from.</summary>
/// <param name="Path">JSON pointer into the request.</param>
/// <param name="Gene">HGNC symbol, for parts of the genotype; else null.</param>
/// <param name="Allele">The allele or variant, where the feature needs no more of the gene than that; else null.</param>
public sealed record FeatureInputSummary([property: Text(Pattern = TextAttribute.JsonPointer)] string Path, string? Gene, string? Allele);

/// <summary>A term that a request may use, with other words for it.</summary>
/// <param name="Name">Canonical name, which is a word for it too.</param>
/// <param name="Words">Other words; letter case, hyphens, apostrophes and full stops do not matter.</param>
public sealed record VocabularyTerm(string Name, IReadOnlyList<string> Words);

/// <summary>A condition that a request may state, present or absent.</summary>
/// <param name="Name">Canonical name, which is a word for it too.</param>
/// <param name="Words">Other words; letter case, hyphens, apostrophes and full stops do not matter.</param>
/// <param name="AbsenceWords">
/// Words that say that it does not hold. Besides <c>no</c>, a name or word of the same meaning may have <c>not</c>, <c>without</c> or
/// <c>no history of</c> before it, or <c>negative</c>, <c>absent</c> or <c>: no</c> behind it.
/// </param>
/// <param name="StatedOnly">
/// Whether a list of conditions tells of it only by stating it: a list that names it neither way leaves it unknown. Of the others a list
/// that does not name them says that they do not hold.
/// </param>
public sealed record ConditionTerm(string Name, IReadOnlyList<string> Words, IReadOnlyList<string> AbsenceWords, bool StatedOnly);

/// <summary>A measurement that a request may give.</summary>
/// <param name="Name">Name, which states the unit.</param>
/// <param name="Min">Least value accepted.</param>
/// <param name="Max">Greatest value accepted.</param>
public sealed record MeasurementSummary(
    [property: Text(Pattern = TextAttribute.CamelCase)] string Name,
    [property: Unit(UnitAttribute.OfTheMeasurement)] double Min,
    [property: Unit(UnitAttribute.OfTheMeasurement)] double Max);
