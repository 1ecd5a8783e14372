using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Evidence;

/// <summary>The published outcomes and effects from which virtual cohorts are made. Read on first use; immutable.</summary>
internal static class EvidenceTables
{
    private static readonly Lazy<IReadOnlyList<OutcomeEvidence>> Shared = new(Read);

    /// <summary>Every outcome with its effects, in the order of the table.</summary>
    public static IReadOnlyList<OutcomeEvidence> Outcomes => Shared.Value;

    /// <summary>The outcomes of a drug; empty when it has none.</summary>
    public static IReadOnlyList<OutcomeEvidence> OfDrug(string drug) => [.. Outcomes.Where(outcome => outcome.Drug == drug)];

    private static IReadOnlyList<OutcomeEvidence> Read()
    {
        var effects = EmbeddedTsv.Read("effects").Select(ToEffect).ToLookup(static row => (row.Outcome, row.Drug));
        return [.. EmbeddedTsv.Read("outcomes").Select(row => ToOutcome(row, [.. effects[(row.Text("outcome"), row.Text("drug"))]]))];
    }

    private static OutcomeEvidence ToOutcome(TsvRow row, IReadOnlyList<EffectRow> effects) => new()
    {
        Key = row.Text("outcome"),
        Drug = row.Text("drug"),
        Endpoint = row.Text("endpoint"),
        Kind = row.Text("kind") == "response" ? EndpointKind.Response : EndpointKind.Adverse,
        IsPrimary = row.Text("primary") == "yes",
        IsAbsenceOfEvent = row.Text("event") == "non-response",
        Baseline = row.Number("baseline_risk"),
        BaselinePopulation = row.Text("baseline_population"),
        FollowUp = row.Text("follow_up"),
        Basis = BasisOf(row),
        Citation = row.Text("citation"),
        Pmid = row.TextOrNull("pmid"),
        BaselineNote = row.TextOrNull("baseline_note"),
        Reference = ReferenceGroup.Parse(row.Text("reference")),
        Population = row.Text("population"),
        ComparisonGroup = row.TextOrNull("comparison_group"),
        Definition = row.Text("definition"),
        Predicts = row.Text("predicts"),
        IsOfAdults = row.TextOrNull("adults_only") is not null,
        Effects = effects,
    };

    private static EffectRow ToEffect(TsvRow row) => new()
    {
        Outcome = row.Text("outcome"),
        Drug = row.Text("drug"),
        Factor = row.Text("factor"),
        Description = row.Text("description"),
        LeftOut = row.TextOrNull("left_out"),
        LeftOutWhere = row.TextOrNull("left_out_feature") is { } feature ? (feature, row.Number("left_out_from"), row.Number("left_out_to")) : null,
        Term = row.TextOrNull("term") is { } term ? RiskTerm.Parse(term) : null,
        OnComplement = row.Text("applies_to") == "complement",
        PublishedMeasure = row.Text("published_measure"),
        PublishedValue = row.NumberOrNull("published_value"),
        PublishedLow = row.NumberOrNull("published_low"),
        PublishedHigh = row.NumberOrNull("published_high"),
        Measure = row.Text("measure"),
        Value = row.NumberOrNull("value") ?? double.NaN,
        Low = row.NumberOrNull("low"),
        High = row.NumberOrNull("high"),
        StandardError = row.NumberOrNull("standard_error"),
        OutcomeSd = row.NumberOrNull("outcome_sd"),
        Share = row.NumberOrNull("share"),
        InStepWith = row.TextOrNull("in_step_with"),
        Citation = row.Text("citation"),
        Pmid = row.TextOrNull("pmid"),
        Basis = BasisOf(row),
        Adjustment = row.TextOrNull("adjustment"),
        Note = row.TextOrNull("note"),
    };

    private static EvidenceBasis BasisOf(TsvRow row) => row.Text("basis") switch
    {
        "published" => EvidenceBasis.Published,
        "derived" => EvidenceBasis.Derived,
        "assumed" => EvidenceBasis.Assumed,
        var other => throw new InvalidDataException($"Evidence tables: '{other}' is no basis."),
    };
}
