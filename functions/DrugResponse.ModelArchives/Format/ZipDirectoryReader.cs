using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DrugResponse.ModelArchives.Format;

/// <summary>Reads the central directory of a zip file and checks every record against its local header.</summary>
/// <remarks>
/// Layout: APPNOTE.TXT of the zip format, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.14 to 4.3.16
/// (end records) and 4.5.3 (the 64-bit extra field). Encrypted, split and otherwise compressed entries are refused.
/// </remarks>
internal sealed class ZipDirectoryReader
{
    private const uint LocalHeaderSignature = 0x04034B50;
    private const uint CentralRecordSignature = 0x02014B50;
    private const uint EndSignature = 0x06054B50;
    private const uint End64Signature = 0x06064B50;
    private const uint End64LocatorSignature = 0x07064B50;
    private const int LocalHeaderSize = 30;
    private const int CentralRecordSize = 46;
    private const int EndSize = 22;
    private const int End64Size = 56;
    private const int End64LocatorSize = 20;
    private const int MaxCommentSize = ushort.MaxValue;
    private const ushort EncryptedFlag = 1;
    private const ushort Utf8Flag = 0x800;
    private const ushort WideFieldsTag = 1;

    private readonly ReadOnlyMemory<byte> _archive;
    private readonly ModelArchiveLimits _limits;

    private ZipDirectoryReader(ReadOnlyMemory<byte> archive, ModelArchiveLimits limits)
    {
        _archive = archive;
        _limits = limits;
    }

    private ReadOnlySpan<byte> Bytes => _archive.Span;

    public static List<ZipEntry> Read(ReadOnlyMemory<byte> archive, ModelArchiveLimits limits) => new ZipDirectoryReader(archive, limits).Read();

    private List<ZipEntry> Read()
    {
        var (start, size, count) = FindDirectory();

        if (count > _limits.MaxEntries)
            throw new ModelArchiveLimitException("", start, "the number of zip entries", _limits.MaxEntries, count);
        if (count > size / CentralRecordSize)
            throw Malformed(start, $"{count} directory records of at least {CentralRecordSize} bytes", $"{size} bytes");

        var entries = new List<ZipEntry>((int)count);
        var position = (int)start;
        var end = (int)(start + size);

        for (var index = 0; index < count; index++)
        {
            if (ReadRecord(ref position, end) is { } entry)
                entries.Add(entry);
        }

        RefuseOverlaps(entries, (int)start);

        return entries;
    }

    private (long Start, long Size, long Count) FindDirectory()
    {
        var end = FindEndRecord();
        var record = Bytes[end..];
        long count = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        long start = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        var limit = end;

        if (BinaryPrimitives.ReadUInt32LittleEndian(record[4..]) != 0)
            throw Malformed(end + 4, "a zip file of one part", "a part number");

        if (count == ushort.MaxValue || size == uint.MaxValue || start == uint.MaxValue)
            (start, size, count, limit) = ReadWideEndRecord(end);

        if (start < 0 || size < 0 || count < 0 || start > limit || size > limit - start)
            throw Malformed(end, $"a directory that ends before byte {limit}", $"{size} bytes at {start}");

        return (start, size, count);
    }

    private int FindEndRecord()
    {
        var lowest = Math.Max(0, Bytes.Length - EndSize - MaxCommentSize);

        for (var position = Bytes.Length - EndSize; position >= lowest; position--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(Bytes[position..]) == EndSignature
                && BinaryPrimitives.ReadUInt16LittleEndian(Bytes[(position + 20)..]) <= Bytes.Length - position - EndSize)
                return position;
        }

        throw Malformed(Math.Max(0, Bytes.Length - EndSize), "the end record of a zip file", "none");
    }

    private (long Start, long Size, long Count, int Limit) ReadWideEndRecord(int end)
    {
        var locator = end - End64LocatorSize;
        if (locator < 0 || BinaryPrimitives.ReadUInt32LittleEndian(Bytes[locator..]) != End64LocatorSignature)
            throw Malformed(end, "a 64-bit end record for fields that are all ones", "none");

        var offset = BinaryPrimitives.ReadInt64LittleEndian(Bytes[(locator + 8)..]);
        if (offset < 0 || offset > locator - End64Size || BinaryPrimitives.ReadUInt32LittleEndian(Bytes[(int)offset..]) != End64Signature)
            throw Malformed(locator, "the offset of a 64-bit end record", offset.ToString(CultureInfo.InvariantCulture));

        var record = Bytes[(int)offset..];

        return (
            BinaryPrimitives.ReadInt64LittleEndian(record[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[32..]),
            (int)offset);
    }

    private ZipEntry? ReadRecord(ref int position, int end)
    {
        if (end - position < CentralRecordSize || BinaryPrimitives.ReadUInt32LittleEndian(Bytes[position..]) != CentralRecordSignature)
            throw Malformed(position, "a directory record", "other bytes");

        var record = Bytes[position..end];
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        var nameSize = BinaryPrimitives.ReadUInt16LittleEndian(record[28..]);
        var extraSize = BinaryPrimitives.ReadUInt16LittleEndian(record[30..]);
        var commentSize = BinaryPrimitives.ReadUInt16LittleEndian(record[32..]);
        var recordSize = CentralRecordSize + nameSize + extraSize + commentSize;

        if (recordSize > record.Length)
            throw Malformed(position, $"a directory record within {record.Length} bytes", $"{recordSize} bytes");

        var nameBytes = record.Slice(CentralRecordSize, nameSize);
        var name = NormalizeName((flags & Utf8Flag) != 0 ? Encoding.UTF8.GetString(nameBytes) : Encoding.Latin1.GetString(nameBytes), position);

        if ((flags & EncryptedFlag) != 0)
            throw Malformed(position, $"entry '{name}' without encryption", "an encrypted entry");
        if (method is not (0 or 8))
            throw Malformed(position, $"entry '{name}' stored or deflated", $"compression method {method}");

        var sizes = ReadSizes(record, record.Slice(CentralRecordSize + nameSize, extraSize), position);
        var entry = Locate(name, nameBytes, sizes, method == 8, BinaryPrimitives.ReadUInt32LittleEndian(record[16..]), position);
        position += recordSize;

        return name.EndsWith('/') && entry.ExpandedSize == 0 ? null : entry;
    }

    private static (long Compressed, long Expanded, long LocalOffset) ReadSizes(ReadOnlySpan<byte> record, ReadOnlySpan<byte> extra, int position)
    {
        long compressed = BinaryPrimitives.ReadUInt32LittleEndian(record[20..]);
        long expanded = BinaryPrimitives.ReadUInt32LittleEndian(record[24..]);
        long localOffset = BinaryPrimitives.ReadUInt32LittleEndian(record[42..]);

        if (compressed != uint.MaxValue && expanded != uint.MaxValue && localOffset != uint.MaxValue)
            return (compressed, expanded, localOffset);

        while (extra.Length >= 4)
        {
            var tag = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            var size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (size > extra.Length - 4)
                break;

            if (tag == WideFieldsTag)
            {
                var fields = extra.Slice(4, size);
                if (TakeWide(ref expanded, ref fields) && TakeWide(ref compressed, ref fields) && TakeWide(ref localOffset, ref fields))
                    return (compressed, expanded, localOffset);
                break;
            }

            extra = extra[(4 + size)..];
        }

        throw Malformed(position, "the 64-bit sizes of an entry whose sizes are all ones", "none");
    }

    private static bool TakeWide(ref long value, ref ReadOnlySpan<byte> fields)
    {
        if (value != uint.MaxValue)
            return true;
        if (fields.Length < 8)
            return false;

        value = BinaryPrimitives.ReadInt64LittleEndian(fields);
        fields = fields[8..];

        return true;
    }

    private ZipEntry Locate(
        string name, ReadOnlySpan<byte> nameBytes, (long Compressed, long Expanded, long LocalOffset) sizes, bool isDeflated, uint checksum, int position)
    {
        var (compressed, expanded, localOffset) = sizes;

        if (localOffset < 0 || localOffset > Bytes.Length - LocalHeaderSize)
            throw Malformed(position, $"the offset of the local header of '{name}'", localOffset.ToString(CultureInfo.InvariantCulture));

        var header = Bytes[(int)localOffset..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalHeaderSignature)
            throw Malformed(localOffset, $"the local header of '{name}'", "other bytes");

        var nameSize = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        var dataOffset = localOffset + LocalHeaderSize + nameSize + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);

        if (nameSize > header.Length - LocalHeaderSize || !header.Slice(LocalHeaderSize, nameSize).SequenceEqual(nameBytes))
            throw Malformed(localOffset, $"a local header with the name '{name}'", "another name");
        if (compressed < 0 || dataOffset > Bytes.Length || compressed > Bytes.Length - dataOffset)
            throw Malformed(position, $"the {compressed} bytes of '{name}' within the archive", $"{Bytes.Length - dataOffset} bytes");
        if (expanded < 0 || (!isDeflated && expanded != compressed))
            throw Malformed(position, $"an expanded size of '{name}' that its {compressed} bytes can give", expanded.ToString(CultureInfo.InvariantCulture));
        if (expanded > Array.MaxLength)
            throw new ModelArchiveLimitException(name, 0, "the expanded size of an entry", Array.MaxLength, expanded);

        return new ZipEntry(name, (int)localOffset, (int)dataOffset, (int)compressed, (int)expanded, isDeflated, checksum);
    }

    private static string NormalizeName(string name, int position)
    {
        var normalized = name.Replace('\\', '/');

        if (normalized.Length == 0 || normalized[0] == '/' || normalized.Contains("..", StringComparison.Ordinal) || normalized.Contains('\0', StringComparison.Ordinal))
            throw Malformed(position, "a relative entry name without '..'", $"'{name}'");

        return normalized;
    }

    private static void RefuseOverlaps(List<ZipEntry> entries, int directoryStart)
    {
        var end = directoryStart;

        foreach (var entry in entries.OrderByDescending(entry => entry.LocalOffset))
        {
            if (entry.DataOffset + (long)entry.CompressedSize > end)
                throw Malformed(entry.LocalOffset, $"entry '{entry.Name}' to end before byte {end}", $"byte {entry.DataOffset + (long)entry.CompressedSize}");
            end = entry.LocalOffset;
        }
    }

    private static ModelArchiveFormatException Malformed(long offset, string expected, string found) => new("", offset, expected, found);
}
