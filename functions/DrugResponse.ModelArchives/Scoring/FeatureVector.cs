namespace DrugResponse.ModelArchives.Scoring;

/// <summary>The features of a row: all values, and the explicit slots if ML.NET would hold the vector in sparse form.</summary>
internal readonly ref struct FeatureVector
{
    public FeatureVector(ReadOnlySpan<float> values)
    {
        Values = values;
        IsDense = true;
    }

    public FeatureVector(ReadOnlySpan<float> values, ReadOnlySpan<int> explicitSlots)
    {
        Values = values;
        ExplicitSlots = explicitSlots;
    }

    public ReadOnlySpan<float> Values { get; }

    public bool IsDense { get; }

    /// <summary>The explicit slots of a sparse vector, ascending.</summary>
    public ReadOnlySpan<int> ExplicitSlots { get; }
}
