namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>The look-up keys that one gene's result stands for in one table, with what qualifies them.</summary>
/// <param name="Keys">The keys; several when the result is ambiguous.</param>
/// <param name="IsTested">Whether there is a result at all; otherwise the only key is <c>No Result</c>.</param>
/// <param name="Reservations">Codes for <see cref="GuidanceMatch.Reservations"/>.</param>
internal sealed record GeneKeys(IReadOnlyList<string> Keys, bool IsTested, IReadOnlyList<string> Reservations)
{
    public static GeneKeys NotTested { get; } = new([RecommendationKey.NoResult], false, []);
}
