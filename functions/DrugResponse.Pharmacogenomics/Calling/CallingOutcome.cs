using DrugResponse.Pharmacogenomics.Genotypes;
using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Pharmacogenomics.Calling;

/// <summary>What calling a gene's alleles from positions gave.</summary>
internal sealed record CallingOutcome
{
    /// <summary>Every diplotype that explains the calls, best first; empty when there is none.</summary>
    public IReadOnlyList<AlleleMatch> Matches { get; init; } = [];

    /// <summary>The match to report of several that unphased data cannot tell apart, where the tables name one; else null.</summary>
    public AlleleMatch? Preferred { get; init; }

    /// <summary>Variants listed one by one because their phase is not known; empty otherwise.</summary>
    public IReadOnlyList<Haplotype> Alleles { get; init; } = [];

    /// <summary>Without a match: the pair that a single deciding position stands for, where the gene has one; else null.</summary>
    public Diplotype? Fallback { get; init; }

    /// <summary>Why there is no match, as a stable code; null when there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>Positions that were not called.</summary>
    public IReadOnlyList<MissingPosition> Missing { get; init; } = [];

    /// <summary>Codes of <see cref="WarningCodes"/> with a sentence each.</summary>
    public IReadOnlyList<(string Code, string Message)> Notes { get; init; } = [];
}
