namespace DrugResponse.Prediction.Features;

/// <summary>Makes features that look at the patient alone.</summary>
internal static class PatientFeature
{
    /// <summary>A feature that is 0 or 1.</summary>
    public static Feature Flag(
        string name, string meaning, string source, IReadOnlyList<FeatureInput> inputs, Func<PatientProfile, float> read) =>
        Number(name, "flag", 0, 1, meaning, source, inputs, read);

    /// <summary>A feature that numbers levels from 0 to <paramref name="highest"/>.</summary>
    public static Feature Level(
        string name, int highest, string meaning, string source, IReadOnlyList<FeatureInput> inputs, Func<PatientProfile, float> read) =>
        Number(name, "level", 0, highest, meaning, source, inputs, read);

    /// <summary>A feature that counts up to <paramref name="most"/>.</summary>
    public static Feature Count(
        string name, int most, string meaning, string source, IReadOnlyList<FeatureInput> inputs, Func<PatientProfile, float> read) =>
        Number(name, "count", 0, most, meaning, source, inputs, read);

    /// <summary>A feature on a scale of its own.</summary>
    public static Feature Number(
        string name,
        string unit,
        double min,
        double max,
        string meaning,
        string source,
        IReadOnlyList<FeatureInput> inputs,
        Func<PatientProfile, float> read) => new()
        {
            Name = name,
            Unit = unit,
            Min = min,
            Max = max,
            Meaning = meaning,
            Source = source,
            Inputs = inputs,
            Compute = context => read(context.Patient),
        };
}
