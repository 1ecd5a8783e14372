using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Knowledge;
using DrugResponse.Pharmacogenomics.Phenotypes;

namespace DrugResponse.Pharmacogenomics.Interpretation;

/// <summary>What is known about one gene of a patient, and how it was reached.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record GeneResult
{
    /// <summary>The gene.</summary>
    public required Gene Gene { get; init; }

    /// <summary>Which input the result comes from.</summary>
    public required CallSource Source { get; init; }

    /// <summary>How far the result goes.</summary>
    public required CallState State { get; init; }

    /// <summary>
    /// Why there is no call, as a stable code: <c>required-position-missing</c>, <c>no-matching-diplotype</c> and so on; else null.
    /// </summary>
    public string? StateReason { get; init; }

    /// <summary>Every diplotype that explains the input, best first, each with its own phenotype; empty when none could be named.</summary>
    public IReadOnlyList<DiplotypeInterpretation> Candidates { get; init; } = [];

    /// <summary>
    /// For genes whose variants are listed one by one because their phase is unknown (DPYD, RYR1): the variants found, twice when
    /// homozygous. Empty otherwise; <see cref="Candidates"/> then holds the pair that the phenotype was read from.
    /// </summary>
    public IReadOnlyList<Haplotype> Alleles { get; init; } = [];

    /// <summary>Which named HLA alleles are present; empty for other genes.</summary>
    public IReadOnlyList<AlleleStatus> AlleleStatuses { get; init; } = [];

    /// <summary>The activity score; null when the gene is not scored, the score is not known, or the candidates disagree.</summary>
    public ActivityScore? ActivityScore { get; init; }

    /// <summary>The phenotype, when all candidates agree on one; else null.</summary>
    public Phenotype? Phenotype { get; init; }

    /// <summary>Every phenotype that the input allows, best candidate first.</summary>
    public IReadOnlyList<Phenotype> PossiblePhenotypes { get; init; } = [];

    /// <summary>Defining positions that were not called; only for results called from variants.</summary>
    public IReadOnlyList<MissingPosition> MissingPositions { get; init; } = [];

    /// <summary>
    /// The diplotypes of <see cref="Candidates"/>; empty for genes whose variants are listed one by one.
    /// </summary>
    public IReadOnlyList<Diplotype> Diplotypes =>
        Alleles.Count > 0 ? [] : [.. Candidates.Select(c => c.Diplotype)];

    /// <summary>The diplotype that score and phenotype were read from, or the best of several; null when there is none.</summary>
    public Diplotype? MostLikelyDiplotype
    {
        get => field ?? (Candidates.Count > 0 ? Candidates[0].Diplotype : null);
        init;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Gene}: {string.Join(" | ", Diplotypes)} {Phenotype}";
}
