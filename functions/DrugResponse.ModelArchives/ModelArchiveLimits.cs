namespace DrugResponse.ModelArchives;

/// <summary>Caps that keep an archive from outside within bounded time and memory. Every cap is checked before memory is allocated.</summary>
/// <remarks>The defaults admit ensembles of some hundred thousand nodes and one-hot spaces of some hundred thousand slots.</remarks>
public sealed record ModelArchiveLimits
{
    /// <summary>The defaults.</summary>
    public static ModelArchiveLimits Default { get; } = new();

    /// <summary>Largest archive file, in bytes. Default 256 MiB.</summary>
    public int MaxArchiveBytes { get; init; } = 256 << 20;

    /// <summary>Most entries in the zip directory. Default 20,000.</summary>
    public int MaxEntries { get; init; } = 20_000;

    /// <summary>Most bytes that the entries which are read may expand to in total. Default 512 MiB.</summary>
    public long MaxExpandedBytes { get; init; } = 512L << 20;

    /// <summary>
    /// Most expanded bytes per byte of archive, once <see cref="FreeExpandedBytes"/> are used up. What takes much more memory than
    /// bytes, such as names and trees, is charged as well. Default 16.
    /// Models compress to a fifth or so; a zip bomb reaches a thousandth.
    /// </summary>
    public int MaxExpansionRatio { get; init; } = 16;

    /// <summary>Bytes an archive may expand to whatever its size. Default 8 MiB.</summary>
    public long FreeExpandedBytes { get; init; } = 8 << 20;

    /// <summary>Deepest nesting of component directories. Default 32.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Most columns, inputs and those that components make. Default 20,000.</summary>
    public int MaxColumns { get; init; } = 20_000;

    /// <summary>
    /// Most slots (numbers, keys and texts) that the columns of one row may hold together, intermediate columns included.
    /// Default 1,048,576. It bounds the memory of a scorer.
    /// </summary>
    public int MaxSlots { get; init; } = 1 << 20;
}
