namespace DrugResponse.ModelArchives.Loading;

/// <summary>Reads a stream to its end, but no further than an archive may be long.</summary>
internal static class ArchiveBytes
{
    private const int FirstBuffer = 64 << 10;

    public static ReadOnlyMemory<byte> ReadAll(Stream stream, ModelArchiveLimits limits)
    {
        var remaining = stream.CanSeek ? stream.Length - stream.Position : 0;
        if (remaining > limits.MaxArchiveBytes)
            throw new ModelArchiveLimitException("", 0, "the archive size in bytes", limits.MaxArchiveBytes, remaining);

        // One byte more than expected, so that the end is seen without growing.
        var buffer = new byte[Math.Max(FirstBuffer, (int)Math.Min(remaining + 1, Array.MaxLength))];
        var length = 0;

        for (int read; (read = stream.Read(buffer, length, buffer.Length - length)) != 0;)
        {
            length += read;
            if (length > limits.MaxArchiveBytes)
                throw new ModelArchiveLimitException("", 0, "the archive size in bytes", limits.MaxArchiveBytes, length);
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(2L * length, Array.MaxLength));
        }

        return buffer.AsMemory(0, length);
    }
}
