using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client;

/// <summary>
/// A cohort that is at hand as bytes and can be read again from its beginning, such as a file. So it can be sent again after a failure, and
/// what is too large for one request is uploaded in blocks, of which each is sent again by itself.
/// </summary>
public sealed record CohortInput
{
    /// <summary>
    /// 8 MiB. Front ends cut a request off at 100 MB or after 230 s, for which this length is just short enough at 300 kbit/s.
    /// </summary>
    public const long UsualUploadAbove = 8 * 1024 * 1024;

    /// <summary>What it is: one of <see cref="BatchFormats"/>. It may be gzip, which is told from its bytes.</summary>
    public required string Format { get; init; }

    /// <summary>Bytes, 0 or more.</summary>
    public required long Length { get; init; }

    /// <summary>Opens it at its beginning; the client closes what it gets. It is called once for each attempt or upload.</summary>
    public required Func<Stream> Open { get; init; }

    /// <summary>Longer inputs are uploaded in blocks; default <see cref="UsualUploadAbove"/>. Shorter ones go with the request.</summary>
    public long UploadAbove { get; init; } = UsualUploadAbove;

    /// <summary>
    /// How far an earlier attempt with this very input was, from <see cref="KeepUpload"/>: it is gone on with. Null to begin. To come to no
    /// second batch, the submission must also have the earlier one's idempotency key.
    /// </summary>
    public CohortUpload? Upload { get; init; }

    /// <summary>
    /// Is told, and waited for, whenever an upload is further: after its begin, after each block and after its end, before anything comes
    /// of it. What it throws ends the submission. Null when nothing is to be resumed.
    /// </summary>
    public Func<CohortUpload, CancellationToken, ValueTask>? KeepUpload { get; init; }

    /// <summary>Takes a file, as long as it is now.</summary>
    /// <param name="path">The file. It must not change until it is submitted.</param>
    /// <param name="format">One of <see cref="BatchFormats"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static CohortInput OfFile(string path, string format) => new()
    {
        Format = format,
        Length = new FileInfo(path).Length,
        Open = () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 64 * 1024, FileOptions.Asynchronous),
    };
}
