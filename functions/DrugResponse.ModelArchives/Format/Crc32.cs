using System.Buffers.Binary;

namespace DrugResponse.ModelArchives.Format;

/// <summary>The checksum of zip entries: CRC-32 with the reflected polynomial EDB88320h, eight bytes a step.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[] Tables = BuildTables();

    public static uint Compute(ReadOnlySpan<byte> data)
    {
        var tables = Tables;
        var crc = uint.MaxValue;

        while (data.Length >= 8)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = tables[0x700 | (byte)low] ^ tables[0x600 | (byte)(low >> 8)] ^ tables[0x500 | (byte)(low >> 16)] ^ tables[0x400 | (low >> 24)]
                ^ tables[0x300 | (byte)high] ^ tables[0x200 | (byte)(high >> 8)] ^ tables[0x100 | (byte)(high >> 16)] ^ tables[high >> 24];
            data = data[8..];
        }

        foreach (var value in data)
            crc = (crc >> 8) ^ tables[(byte)(crc ^ value)];

        return ~crc;
    }

    private static uint[] BuildTables()
    {
        var tables = new uint[8 * 256];

        for (var value = 0u; value < 256; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            tables[value] = crc;
        }

        for (var index = 256; index < tables.Length; index++)
            tables[index] = (tables[index - 256] >> 8) ^ tables[(byte)tables[index - 256]];

        return tables;
    }
}
