namespace DrugResponse.ModelArchives.Format;

/// <summary>How a kind of component identifies its streams: signatures, versions and the .NET assembly that ML.NET loads it from.</summary>
/// <param name="LoaderSignature">Names the loader; dispatch goes by it.</param>
/// <param name="ModelSignature">Eight characters that identify the layout.</param>
/// <param name="Written">Version that is written, and the newest that is understood.</param>
/// <param name="Readable">Oldest reader that can read what is written.</param>
/// <param name="Oldest">Oldest written version that is understood.</param>
/// <param name="Assembly">Simple name of the assembly.</param>
internal sealed record ComponentFormat(
    string LoaderSignature,
    string ModelSignature,
    ComponentVersion Written,
    ComponentVersion Readable,
    ComponentVersion Oldest,
    string Assembly)
{
    public const string DataAssembly = "Microsoft.ML.Data";
    public const string TransformsAssembly = "Microsoft.ML.Transforms";
    public const string TrainersAssembly = "Microsoft.ML.StandardTrainers";
    public const string FastTreeAssembly = "Microsoft.ML.FastTree";
    public const string LightGbmAssembly = "Microsoft.ML.LightGbm";

    public ComponentFormat(string loaderSignature, string modelSignature, (int Major, int Minor) version, string assembly)
        : this(loaderSignature, modelSignature, version, version, version, assembly)
    {
    }

    public ComponentFormat(
        string loaderSignature,
        string modelSignature,
        (int Major, int Minor) written,
        (int Major, int Minor) readable,
        (int Major, int Minor) oldest,
        string assembly)
        : this(
            loaderSignature,
            modelSignature,
            ComponentVersion.Of(written.Major, written.Minor),
            ComponentVersion.Of(readable.Major, readable.Minor),
            ComponentVersion.Of(oldest.Major, oldest.Minor),
            assembly)
    {
    }

    /// <summary>The second loader signature that is written beside the first, and accepted in its place.</summary>
    public string? Alternative { get; init; }

    /// <summary>Older loader signatures under which the same layout occurs.</summary>
    public IReadOnlyList<string> OlderLoaderSignatures { get; init; } = [];

    /// <summary>Older model signatures of the same layout.</summary>
    public IReadOnlyList<string> OlderModelSignatures { get; init; } = [];

    public string AssemblyName => $"{Assembly}, Version=1.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51";

    public bool HasModelSignature(string signature) => signature == ModelSignature || OlderModelSignatures.Contains(signature);
}
