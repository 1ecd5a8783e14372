using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Pharmacogenomics.Medications;

/// <summary>What an entry of a medication history turned out to be.</summary>
public sealed record MedicationResolution
{
    /// <summary>The drugs and classes recognised; usually one, empty when nothing was.</summary>
    public IReadOnlyList<Substance> Substances { get; init; } = [];

    /// <summary>
    /// Canonical names to reason with: each substance's name, and the parts of a fixed combination.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The free-text line taken apart; null when the entry has none.</summary>
    public MedicationLine? Line { get; init; }

    /// <summary>
    /// What was not understood, to be reported and left out; paths are relative to the entry (<c>/drug</c>, <c>/text</c>).
    /// </summary>
    public IReadOnlyList<InterpretationWarning> Warnings { get; init; } = [];

    /// <summary>Whether a drug or class was recognised.</summary>
    public bool IsRecognised => Substances.Count > 0;
}
