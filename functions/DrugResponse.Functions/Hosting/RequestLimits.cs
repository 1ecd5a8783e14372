namespace DrugResponse.Functions.Hosting;

/// <summary>Bounds of what a caller may send.</summary>
internal static class RequestLimits
{
    /// <summary>
    /// The largest request body, in bytes: 5 MiB. A prediction body is a few kilobytes, but it may carry a VCF text cut to
    /// the pharmacogenes. Kestrel answers 413 to anything larger.
    /// </summary>
    public const long MaxBodyBytes = 5 * 1024 * 1024;

    /// <summary>The deepest nesting of a JSON body, in levels. The deepest known member lies at level 5.</summary>
    public const int MaxJsonDepth = 16;
}
