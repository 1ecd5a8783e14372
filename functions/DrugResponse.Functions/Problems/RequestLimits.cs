namespace DrugResponse.Functions.Problems;

/// <summary>Limits of what a request may bring.</summary>
internal static class RequestLimits
{
    /// <summary>Largest body of a JSON request: a VCF of all known positions is about 100 KB, of a whole panel about 2 MB.</summary>
    public const int MaxBodyBytes = 5 * 1024 * 1024;

    /// <summary>Deepest nesting of a JSON body; the deepest known member lies at level 5.</summary>
    public const int MaxJsonDepth = 16;
}
