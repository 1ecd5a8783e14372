namespace DrugResponse.ModelArchives.Format;

/// <summary>One file of the container, as its central directory record describes it.</summary>
/// <param name="Name">Name with <c>/</c> as separator.</param>
/// <param name="LocalOffset">Offset of the local header.</param>
/// <param name="DataOffset">Offset of the stored or compressed bytes.</param>
/// <param name="CompressedSize">Bytes in the archive.</param>
/// <param name="ExpandedSize">Bytes after expansion.</param>
/// <param name="IsDeflated">Whether the bytes are deflated; otherwise they are stored.</param>
/// <param name="Checksum">CRC-32 of the expanded bytes.</param>
internal sealed record ZipEntry(
    string Name,
    int LocalOffset,
    int DataOffset,
    int CompressedSize,
    int ExpandedSize,
    bool IsDeflated,
    uint Checksum);
