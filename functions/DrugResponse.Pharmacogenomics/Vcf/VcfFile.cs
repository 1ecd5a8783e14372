using System.IO.Compression;
using System.Text;
using DrugResponse.Pharmacogenomics.Knowledge;

namespace DrugResponse.Pharmacogenomics.Vcf;

/// <summary>
/// Brings a VCF from a stream into the text that <see cref="Interpretation.GenotypeInput.Vcf"/> takes: plain, gzip or bgzip, kept small by
/// dropping the records that no allele definition needs.
/// </summary>
/// <remarks>Memory stays flat whatever the size of the file. Safe to call from any thread.</remarks>
public static class VcfFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>A line longer than this is not part of any real VCF of a few samples.</summary>
    private const int MaxLineLength = 1 << 22;

    /// <summary>Reads a VCF.</summary>
    /// <param name="stream">The file, from its beginning; it is not closed.</param>
    /// <param name="maxBytes">The most bytes of text that are read, after decompression.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>The text without records of no interest, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    public static async Task<VcfFileResult> ReadAsync(Stream stream, long maxBytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);

        var head = new byte[2];
        var headLength = await stream
            .ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        using var whole = new PrefixedStream(head.AsMemory(0, headLength), stream);
        var isCompressed = headLength == 2 && head[0] == 0x1F && head[1] == 0x8B;
        using var plain = isCompressed ? new GZipStream(whole, CompressionMode.Decompress) : (Stream)whole;
        try
        {
            return await ReadLinesAsync(plain, maxBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return new VcfFileResult(null, "The compressed VCF is damaged.");
        }
        catch (DecoderFallbackException)
        {
            return new VcfFileResult(null, "The VCF is not UTF-8 text.");
        }
    }

    private static async Task<VcfFileResult> ReadLinesAsync(Stream plain, long maxBytes, CancellationToken cancellationToken)
    {
        var index = KnowledgeBase.Default.PositionIndex;
        var text = new StringBuilder();
        var pending = new StringBuilder();
        var buffer = new byte[BufferSize];
        var chars = new char[BufferSize];
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
        long total = 0;
        int read;
        while ((read = await plain.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            total += read;
            if (total > maxBytes)
                return new VcfFileResult(null, $"The VCF is larger than {maxBytes} bytes.");

            var count = decoder.GetChars(buffer, 0, read, chars, 0);
            if (!TakeLines(chars.AsSpan(0, count), pending, text, index))
                return new VcfFileResult(null, "The VCF has a line that is too long.");
        }

        Keep(pending.ToString(), text, index);
        return new VcfFileResult(text.ToString(), null);
    }

    /// <summary>Moves whole lines to the text and keeps the last, unfinished one.</summary>
    private static bool TakeLines(ReadOnlySpan<char> chars, StringBuilder pending, StringBuilder text, PositionIndex index)
    {
        int end;
        while ((end = chars.IndexOf('\n')) >= 0)
        {
            if (pending.Length == 0)
                Keep(chars[..end], text, index);
            else
            {
                pending.Append(chars[..end]);
                Keep(pending.ToString(), text, index);
                pending.Clear();
            }

            chars = chars[(end + 1)..];
        }

        pending.Append(chars);
        return pending.Length <= MaxLineLength;
    }

    private static void Keep(ReadOnlySpan<char> line, StringBuilder text, PositionIndex index)
    {
        if (!line.IsEmpty && (line[0] == '#' || IsOfInterest(line, index)))
            text.Append(line).Append('\n');
    }

    /// <summary>Records at a defining position, blocks that may span one, and lines that are no record (to be named as faults).</summary>
    private static bool IsOfInterest(ReadOnlySpan<char> line, PositionIndex index)
    {
        var tab = line.IndexOf('\t');
        var next = tab < 0 ? -1 : line[(tab + 1)..].IndexOf('\t');
        if (next < 0 || !int.TryParse(line.Slice(tab + 1, next), out var position))
            return true;

        return index.Find(index.ChromosomeOf(line[..tab]), position) is not null || line.Contains("END=", StringComparison.Ordinal);
    }
}
