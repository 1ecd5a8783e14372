namespace DrugResponse.Pharmacogenomics.Guidance;

/// <summary>What is known of the patient beyond genes, to choose between populations of a guideline. What is null is unknown.</summary>
/// <param name="AgeYears">Age in years.</param>
/// <param name="WeightKg">Body weight in kilograms.</param>
/// <param name="Ancestry">A CPIC biogeographical group (<c>European</c>, <c>African American/Afro-Caribbean</c>, <c>Sub-Saharan
/// African</c>), or a coarser term.</param>
public sealed record GuidanceContext(double? AgeYears = null, double? WeightKg = null, string? Ancestry = null)
{
    /// <summary>Nothing is known.</summary>
    public static GuidanceContext Unknown { get; } = new();

    private const double AdultAge = 18;

    /// <summary>Whether the patient is an adult; null when the age is unknown.</summary>
    public bool? IsAdult => AgeYears is { } age ? age >= AdultAge : null;

    /// <summary>Whether the ancestry is African; null when unknown or mixed.</summary>
    public bool? IsAfrican => Named("African", "Afro", "Black");

    /// <summary>Whether the ancestry is European; null when unknown or mixed.</summary>
    public bool? IsEuropean => Named("European", "White", "Caucasian");

    private bool? Named(params ReadOnlySpan<string> words)
    {
        if (string.IsNullOrWhiteSpace(Ancestry)
            || Ancestry.Contains("mixed", StringComparison.OrdinalIgnoreCase)
            || Ancestry.Contains("other", StringComparison.OrdinalIgnoreCase)
            || Ancestry.Contains("unknown", StringComparison.OrdinalIgnoreCase))
            return null;

        foreach (var word in words)
        {
            if (Ancestry.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
