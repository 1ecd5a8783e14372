namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>A guideline.</summary>
/// <param name="Title">Its name, such as <c>HLA-B and Abacavir</c>.</param>
/// <param name="Pmids">PubMed ids of its publications.</param>
/// <param name="Release">The release of its table that was used.</param>
public sealed record Guideline(string Title, IReadOnlyList<string> Pmids, string Release)
{
    // Every answer quotes it.
    private readonly string _text = $"CPIC guideline: {Title} (PMID {string.Join(", ", Pmids)}; release {Release})";

    /// <summary>Title, publications and release in one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;
}
