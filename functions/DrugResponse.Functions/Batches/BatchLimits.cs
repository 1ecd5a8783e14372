using DrugResponse.Functions.Hosting;

namespace DrugResponse.Functions.Batches;

/// <summary>Bounds of what a batch may be.</summary>
internal static class BatchLimits
{
    /// <summary>Largest body of a submission, in bytes: 100 MiB, what the Functions front end lets through. Larger inputs are uploaded by themselves.</summary>
    public const long MaxBodyBytes = 100 * 1024 * 1024;

    /// <summary>
    /// Largest uploaded input, in bytes: 2 GiB. It must be read in one go within functionTimeout of host.json (decision 0010 has the rates).
    /// </summary>
    public const long MaxUploadBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>
    /// Most bytes of an input after decompression: 4 GiB, for the same reason; a million rows of 4 KB fit. It also ends a small file that
    /// unpacks for hours.
    /// </summary>
    public const long MaxTextBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>Largest row, in bytes: that of a single prediction.</summary>
    public const int MaxRowBytes = (int)RequestLimits.MaxBodyBytes;

    /// <summary>
    /// A chunk with this many bytes of rows takes no further one, in bytes: 1 MiB. Rows with a VCF make chunks of few rows, so that no chunk
    /// takes long and memory stays flat.
    /// </summary>
    public const int MaxChunkBytes = 1024 * 1024;

    /// <summary>Longest name of a batch, in characters.</summary>
    public const int MaxNameLength = Contracts.Batches.BatchStatus.MaxNameLength;

    /// <summary>Longest address of a webhook, in characters.</summary>
    public const int MaxWebhookLength = 2048;

    /// <summary>Most drugs asked for in every row.</summary>
    public const int MaxCandidates = 100;
}
