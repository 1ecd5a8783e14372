using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Writing;

/// <summary>Writes a zip file of stored entries. The same entries give the same bytes: there are no clocks and no compression in it.</summary>
/// <remarks>Layout as in <see cref="ZipDirectoryReader"/>. The time stamp is the earliest that the format has, 1 January 1980.</remarks>
internal sealed class ZipContainerWriter
{
    private const ushort VersionNeeded = 20;
    private const ushort EarliestDate = (1 << 5) | 1;
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly ArrayBufferWriter<byte> _directory = new();
    private int _entries;

    public void Add(string name, ReadOnlySpan<byte> content)
    {
        var nameBytes = Encoding.ASCII.GetBytes(name);
        var offset = (uint)_bytes.WrittenCount;
        Span<byte> common = stackalloc byte[26];

        // Version, flags 0, method 0 (stored), time 0, date, checksum, sizes, name size, no extra field: the same in both records.
        BinaryPrimitives.WriteUInt16LittleEndian(common, VersionNeeded);
        common[2..8].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(common[8..], EarliestDate);
        BinaryPrimitives.WriteUInt32LittleEndian(common[10..], Crc32.Compute(content));
        BinaryPrimitives.WriteInt32LittleEndian(common[14..], content.Length);
        BinaryPrimitives.WriteInt32LittleEndian(common[18..], content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(common[22..], (ushort)nameBytes.Length);
        common[24..].Clear();

        _bytes.Write("PK\x03\x04"u8);
        _bytes.Write(common);
        _bytes.Write(nameBytes);
        _bytes.Write(content);

        Span<byte> rest = stackalloc byte[14];
        rest.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(rest[10..], offset);
        _directory.Write("PK\x01\x02"u8);
        _directory.Write(common[..2]);
        _directory.Write(common);
        _directory.Write(rest);
        _directory.Write(nameBytes);
        _entries++;
    }

    public byte[] Finish()
    {
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        "PK\x05\x06"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)_entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)_entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)_directory.WrittenCount);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)_bytes.WrittenCount);

        _bytes.Write(_directory.WrittenSpan);
        _bytes.Write(end);

        return _bytes.WrittenSpan.ToArray();
    }
}
