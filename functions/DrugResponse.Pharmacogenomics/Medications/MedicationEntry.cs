namespace DrugResponse.Pharmacogenomics.Medications;

/// <summary>One line of a patient's medication history, as a caller gives it: by name, by code, or as free text.</summary>
/// <remarks>
/// When several of <see cref="Drug"/>, <see cref="RxNorm"/>, <see cref="Atc"/> and <see cref="Text"/> are given, all are read.
/// </remarks>
public sealed record MedicationEntry
{
    /// <summary>A drug or class by name, brand or synonym; letter case and salt do not matter.</summary>
    public string? Drug { get; init; }

    /// <summary>An RxNorm concept id of an ingredient, such as <c>36567</c>.</summary>
    public string? RxNorm { get; init; }

    /// <summary>An ATC code of a substance or group, such as <c>C10AA01</c> or <c>C10AA</c>.</summary>
    public string? Atc { get; init; }

    /// <summary>A line as pharmacies write it: <c>metoprolol succinate ER 50 mg po bid</c>.</summary>
    public string? Text { get; init; }
}
