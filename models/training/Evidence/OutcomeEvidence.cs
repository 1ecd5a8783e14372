using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Evidence;

/// <summary>One endpoint of one drug with all that is published of its risk.</summary>
internal sealed record OutcomeEvidence
{
    /// <summary>Key of the outcome in the tables.</summary>
    public required string Key { get; init; }

    /// <summary>Drug, canonical name.</summary>
    public required string Drug { get; init; }

    /// <summary>Endpoint key of the model.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Response or adverse event.</summary>
    public required EndpointKind Kind { get; init; }

    /// <summary>Whether the endpoint stands for its kind.</summary>
    public required bool IsPrimary { get; init; }

    /// <summary>Whether the published figures are for an event whose absence is the response.</summary>
    public required bool IsAbsenceOfEvent { get; init; }

    /// <summary>Published risk of the event in the reference group.</summary>
    public required double Baseline { get; init; }

    /// <summary>The reference group in words.</summary>
    public required string BaselinePopulation { get; init; }

    /// <summary>Over what time.</summary>
    public required string FollowUp { get; init; }

    /// <summary>How the baseline was obtained.</summary>
    public required EvidenceBasis Basis { get; init; }

    /// <summary>Source of the baseline.</summary>
    public required string Citation { get; init; }

    /// <summary>PubMed id of the source, where certain.</summary>
    public string? Pmid { get; init; }

    /// <summary>What was decided about the baseline.</summary>
    public string? BaselineNote { get; init; }

    /// <summary>Which factors the reference group is without, and which occur in it as in the population.</summary>
    public required ReferenceGroup Reference { get; init; }

    /// <summary>Name of the virtual population.</summary>
    public required string Population { get; init; }

    /// <summary>Key shared by comparable endpoints of other drugs.</summary>
    public string? ComparisonGroup { get; init; }

    /// <summary>What is counted, in the words of the source.</summary>
    public required string Definition { get; init; }

    /// <summary>What the model predicts, one sentence.</summary>
    public required string Predicts { get; init; }

    /// <summary>Whether the published rate is one of adults.</summary>
    public required bool IsOfAdults { get; init; }

    /// <summary>Every row about the outcome, those left out among them.</summary>
    public required IReadOnlyList<EffectRow> Effects { get; init; }

    /// <summary>Model id, <c>drug/endpoint</c>.</summary>
    public string Id => $"{Drug}/{Endpoint}";
}

/// <summary>One published effect and what the risk equation makes of it.</summary>
internal sealed record EffectRow
{
    /// <summary>Key of the outcome.</summary>
    public required string Outcome { get; init; }

    /// <summary>Drug.</summary>
    public required string Drug { get; init; }

    /// <summary>Machine name of the factor.</summary>
    public required string Factor { get; init; }

    /// <summary>The factor in words.</summary>
    public required string Description { get; init; }

    /// <summary>Why the row is not used; null when it is.</summary>
    public string? LeftOut { get; init; }

    /// <summary>Feature and range in which an effect that is left out would apply; null when the row is used or no feature tells.</summary>
    public (string Feature, double From, double To)? LeftOutWhere { get; init; }

    /// <summary>How the factor depends on a feature; null when the row is not used.</summary>
    public RiskTerm? Term { get; init; }

    /// <summary>Whether the effect is on the opposite of the event that the baseline is for.</summary>
    public bool OnComplement { get; init; }

    /// <summary>Measure as published.</summary>
    public required string PublishedMeasure { get; init; }

    /// <summary>Figure as published.</summary>
    public double? PublishedValue { get; init; }

    /// <summary>Lower end of the published 95 % interval.</summary>
    public double? PublishedLow { get; init; }

    /// <summary>Upper end of the published 95 % interval.</summary>
    public double? PublishedHigh { get; init; }

    /// <summary>Measure used.</summary>
    public required string Measure { get; init; }

    /// <summary>Figure used.</summary>
    public required double Value { get; init; }

    /// <summary>Lower end of its 95 % interval.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of its 95 % interval.</summary>
    public double? High { get; init; }

    /// <summary>Standard error of the log effect, where it does not follow from the interval or the basis.</summary>
    public double? StandardError { get; init; }

    /// <summary>Standard deviation of a continuous outcome between patients, for effects on its mean.</summary>
    public double? OutcomeSd { get; init; }

    /// <summary>Share of the log effect that is used, for effects that overlap with others; null for all.</summary>
    public double? Share { get; init; }

    /// <summary>Factor whose draws this one follows in proportion; null when it is drawn by itself.</summary>
    public string? InStepWith { get; init; }

    /// <summary>Source.</summary>
    public required string Citation { get; init; }

    /// <summary>PubMed id, where certain.</summary>
    public string? Pmid { get; init; }

    /// <summary>How the figure was obtained.</summary>
    public required EvidenceBasis Basis { get; init; }

    /// <summary>How the published figure became the one used, where they differ.</summary>
    public string? Adjustment { get; init; }

    /// <summary>Caveats of the source.</summary>
    public string? Note { get; init; }
}

/// <summary>How a figure was obtained.</summary>
internal enum EvidenceBasis
{
    /// <summary>As printed.</summary>
    Published,

    /// <summary>Calculated from printed numbers, or a published direction with a rounded size.</summary>
    Derived,

    /// <summary>Chosen for plausibility. No claim may rest on it.</summary>
    Assumed,
}

/// <summary>Which factors the group that a baseline holds for is without.</summary>
/// <param name="Without">Everything, genotype factors only, or nothing: the others occur in it as in the population.</param>
/// <param name="Fixed">Factors that have a stated amount in the group besides.</param>
internal sealed record ReferenceGroup(ReferenceScope Without, IReadOnlyDictionary<string, double> Fixed)
{
    /// <summary>Reads <c>genotype; female=1; low_adherence</c>.</summary>
    public static ReferenceGroup Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        return new ReferenceGroup(
            parts[0] switch
            {
                "everything" => ReferenceScope.Everything,
                "genotype" => ReferenceScope.Genotype,
                "nothing" => ReferenceScope.Nothing,
                var other => throw new InvalidDataException($"'{other}' is no reference group."),
            },
            parts.Skip(1).Select(static part => part.Split('=')).ToDictionary(
                static pair => pair[0],
                static pair => pair is [_, var amount] ? double.Parse(amount, System.Globalization.CultureInfo.InvariantCulture) : 0));
    }
}

/// <summary>What a reference group is without.</summary>
internal enum ReferenceScope
{
    /// <summary>No factor of the equation is there.</summary>
    Everything,

    /// <summary>No genotype factor is there; others occur as in the population.</summary>
    Genotype,

    /// <summary>All factors occur as in the population.</summary>
    Nothing,
}
