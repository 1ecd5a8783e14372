namespace DrugResponse.Pharmacogenomics.Genotypes;

/// <summary>The outcome of reading a diplotype: what it may mean, or why it cannot be understood.</summary>
public sealed record DiplotypeReading
{
    /// <summary>The diplotypes that the text may mean; empty when it cannot be understood.</summary>
    public IReadOnlyList<Diplotype> Diplotypes { get; init; } = [];

    /// <summary>A code of <see cref="WarningCodes"/> that the way of writing deserves; empty for none.</summary>
    public string Note { get; init; } = "";

    /// <summary>Why the text cannot be understood, to follow the gene's symbol in a sentence; null when it can.</summary>
    public string? Fault { get; init; }

    /// <summary>The allele, when the text names just one of a gene that people have two copies of.</summary>
    public Haplotype? LoneAllele { get; init; }

    internal static DiplotypeReading Of(Diplotype diplotype, string note) => new() { Diplotypes = [diplotype], Note = note };

    internal static DiplotypeReading Failed(string fault) => new() { Fault = fault };

    internal static DiplotypeReading SingleAllele(Haplotype haplotype, string note) =>
        new() { LoneAllele = haplotype, Note = note, Fault = "names one allele where two are expected" };

    /// <param name="which">What is unknown: <c>allele</c>, <c>first allele</c>, <c>second allele</c>. The name itself describes a
    /// patient.</param>
    internal static DiplotypeReading Unknown(string which) => Failed($"has no such {which} in its allele table");
}
