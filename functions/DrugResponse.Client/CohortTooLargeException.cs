using System.Globalization;

namespace DrugResponse.Client;

/// <summary>An input has more bytes than the service takes. Compressed or in several batches it may be taken.</summary>
public sealed class CohortTooLargeException : Exception
{
    /// <summary>Says by how much.</summary>
    /// <param name="length">Bytes of the input.</param>
    /// <param name="maxBytes">The most that the service takes.</param>
    public CohortTooLargeException(long length, long maxBytes)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The input has {length} bytes; the service takes at most {maxBytes}. Compress it with gzip, or split it.")) =>
        (Length, MaxBytes) = (length, maxBytes);

    /// <summary>Bytes of the input.</summary>
    public long Length { get; }

    /// <summary>The most that the service takes.</summary>
    public long MaxBytes { get; }
}
