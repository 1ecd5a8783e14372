namespace DrugResponse.Client;

/// <summary>
/// How far the upload of a cohort is. It can be written down as JSON and gone on with by another process. While it is not complete it is a
/// secret: whoever has the address can write the cohort.
/// </summary>
public sealed record CohortUpload
{
    /// <summary>Bytes of a block: 8 MiB. The last one is shorter.</summary>
    public const int BlockBytes = 8 * 1024 * 1024;

    /// <summary>The upload, for <see cref="IDrugResponseApi.SubmitUploadAsync"/>.</summary>
    public required string UploadId { get; init; }

    /// <summary>Where its blocks go.</summary>
    public required Uri Address { get; init; }

    /// <summary>When that address stops working.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How many blocks there are to send.</summary>
    public required int Blocks { get; init; }

    /// <summary>How many of them are sent.</summary>
    public int SentBlocks { get; init; }

    /// <summary>
    /// Whether the blocks were made a file, which is not touched any more: from then on there may be a batch of it, and the address
    /// does not matter.
    /// </summary>
    public bool IsCommitted { get; init; }

    /// <summary>How many blocks an input has.</summary>
    /// <param name="length">Bytes of the input, 0 or more.</param>
    internal static int BlocksOf(long length) => checked((int)((length + BlockBytes - 1) / BlockBytes));
}
