namespace DrugResponse.Pharmacogenomics.Medications;

/// <summary>A free-text medication line taken apart. What is null was not said.</summary>
public sealed record MedicationLine
{
    /// <summary>The words of the line that name drugs.</summary>
    public required IReadOnlyList<string> DrugTexts { get; init; }

    /// <summary>The amounts of drug.</summary>
    public IReadOnlyList<Strength> Strengths { get; init; } = [];

    /// <summary>How the drug is released: <c>ER</c>, <c>DR</c>, <c>IR</c>, <c>ODT</c>.</summary>
    public string? Release { get; init; }

    /// <summary>The dose form: <c>tablet</c>, <c>capsule</c>, <c>solution</c> and so on.</summary>
    public string? DoseForm { get; init; }

    /// <summary>How many of the dose form are taken at a time, as written: <c>1</c>, <c>1-2</c>, <c>0.5</c>.</summary>
    public string? Quantity { get; init; }

    /// <summary>The route: <c>oral</c>, <c>intravenous</c> and so on.</summary>
    public string? Route { get; init; }

    /// <summary>How often: <c>twice-daily</c>, <c>every-8-hours</c>, <c>weekly</c> and so on.</summary>
    public string? Frequency { get; init; }

    /// <summary>Doses in a day, when the frequency tells.</summary>
    public decimal? TimesPerDay { get; init; }

    /// <summary>Whether it is taken only when needed.</summary>
    public bool IsAsNeeded { get; init; }

    /// <summary>Days of treatment, when the line tells.</summary>
    public int? DurationDays { get; init; }

    /// <summary>Whether the line says that the drug is no longer taken.</summary>
    public bool SaysStopped { get; init; }

    /// <summary>Whether the line records an allergy or intolerance, not a medication.</summary>
    public bool IsAllergy { get; init; }

    /// <summary>The words that were not understood, in order.</summary>
    public IReadOnlyList<string> NotUnderstood { get; init; } = [];
}
