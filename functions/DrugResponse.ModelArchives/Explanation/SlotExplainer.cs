namespace DrugResponse.ModelArchives.Explanation;

/// <summary>Splits a raw score by feature slots. Immutable; safe from any thread.</summary>
internal abstract class SlotExplainer
{
    /// <summary>Writes what each slot contributes, and returns the baseline; together they are the raw score.</summary>
    public abstract double Explain(ReadOnlySpan<float> features, Span<double> contributions);
}
