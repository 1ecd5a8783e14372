using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DrugResponse.ModelArchives.Format;

/// <summary>Reads the primitive encodings of one entry, little-endian, and never beyond its end.</summary>
/// <remarks>Lengths are compared with the bytes that remain before anything is allocated.</remarks>
internal sealed class EntryReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _end;
    private readonly StringTable? _strings;
    private int _position;

    public EntryReader(string entry, ReadOnlyMemory<byte> bytes, ExpansionBudget budget)
        : this(entry, bytes, budget, 0, bytes.Length, null)
    {
    }

    public EntryReader(string entry, ReadOnlyMemory<byte> bytes, ExpansionBudget budget, int start, int end, StringTable? strings)
    {
        Entry = entry;
        Budget = budget;
        _bytes = bytes;
        _position = start;
        _end = end;
        _strings = strings;
    }

    public string Entry { get; }

    public ExpansionBudget Budget { get; }

    public int Position => _position;

    public int Remaining => _end - _position;

    public void MoveTo(long position, string what)
    {
        if (position < 0 || position > _end)
            throw Malformed($"the offset of {what} within {_end} bytes", Text(position));
        _position = (int)position;
    }

    public byte Byte(string what) => Take(1, what)[0];

    public bool Boolean(string what)
    {
        var value = Take(1, what)[0];

        return value <= 1 ? value == 1 : throw MalformedAt(_position - 1, $"{what} as 0 or 1", Text(value));
    }

    public int Int32(string what) => BinaryPrimitives.ReadInt32LittleEndian(Take(4, what));

    public uint UInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, what));

    public long Int64(string what) => BinaryPrimitives.ReadInt64LittleEndian(Take(8, what));

    public ulong UInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Take(8, what));

    public float Single(string what) => BinaryPrimitives.ReadSingleLittleEndian(Take(4, what));

    public double Double(string what) => BinaryPrimitives.ReadDoubleLittleEndian(Take(8, what));

    public ReadOnlyMemory<byte> Bytes(int count, string what)
    {
        Require(count, 1, what);
        var bytes = _bytes.Slice(_position, count);
        _position += count;

        return bytes;
    }

    /// <summary>Reads a count and checks that so many items can follow.</summary>
    /// <param name="itemSize">The fewest bytes an item takes in the entry.</param>
    /// <param name="what">The items, for messages.</param>
    /// <param name="footprint">What an item takes in memory, roughly, if that is much more; it is charged to the budget.</param>
    public int Count(int itemSize, string what, int footprint = 0)
    {
        var start = _position;
        var count = Int32($"the number of {what}");

        if (count < 0 || (long)count * itemSize > Remaining)
            throw MalformedAt(start, $"a number of {what} that {Remaining} bytes can hold", Text(count));
        Budget.Take(Entry, start, (long)count * footprint);

        return count;
    }

    public int[] Int32s(int count, string what) => Array<int>(count, what);

    public long[] Int64s(int count, string what) => Array<long>(count, what);

    public float[] Singles(int count, string what) => Array<float>(count, what);

    public double[] Doubles(int count, string what) => Array<double>(count, what);

    public int[] CountedInt32s(string what) => Array<int>(Count(4, what), what);

    public uint[] CountedUInt32s(string what) => Array<uint>(Count(4, what), what);

    public long[] CountedInt64s(string what) => Array<long>(Count(8, what), what);

    public float[] CountedSingles(string what) => Array<float>(Count(4, what), what);

    public double[] CountedDoubles(string what) => Array<double>(Count(8, what), what);

    /// <summary>Reads the leading <c>i32 = 4</c> (the size of the float type) of older layouts.</summary>
    public void FloatSize()
    {
        var start = _position;
        var size = Int32("the size of the float type");

        if (size != 4)
            throw MalformedAt(start, "4 as the size of the float type", Text(size));
    }

    /// <summary>Reads an index into the string table of the stream.</summary>
    public string String(string what)
    {
        var start = _position;

        return StringOrNull(what) ?? throw MalformedAt(start, what, "null");
    }

    /// <summary>Reads an index into the string table of the stream, -1 meaning null.</summary>
    public string? StringOrNull(string what)
    {
        var start = _position;
        var index = Int32(what);

        if (index == -1)
            return null;
        if (_strings is null || index < 0 || index >= _strings.Count)
            throw MalformedAt(start, $"{what} as an index below {_strings?.Count ?? 0}", Text(index));

        return _strings[index];
    }

    /// <summary>Reads an unsigned number of 7-bit groups, low group first.</summary>
    public int Leb128(string what)
    {
        var start = _position;
        var value = 0L;

        for (var shift = 0; shift < 35; shift += 7)
        {
            var group = Byte(what);
            value |= (long)(group & 0x7F) << shift;
            if ((group & 0x80) == 0)
                return value <= int.MaxValue ? (int)value : throw MalformedAt(start, $"{what} below 2^31", Text(value));
        }

        throw MalformedAt(start, $"{what} in at most 5 bytes", "more");
    }

    /// <summary>Reads a UTF-8 text with its byte length in front.</summary>
    public string Utf8(string what)
    {
        var start = _position;
        var size = Leb128($"the length of {what}");
        Require(size, 1, what);

        try
        {
            return StrictUtf8.GetString(Take(size, what));
        }
        catch (DecoderFallbackException exception)
        {
            throw new ModelArchiveFormatException(Entry, start, $"{what} as UTF-8", "bytes that are not", exception);
        }
    }

    public void ExpectEnd(string what)
    {
        if (Remaining != 0)
            throw Malformed($"the end of {what}", $"{Remaining} more bytes");
    }

    public ModelArchiveFormatException Malformed(string expected, string found) => MalformedAt(_position, expected, found);

    public ModelArchiveFormatException MalformedAt(long position, string expected, string found) => new(Entry, position, expected, found);

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private T[] Array<T>(int count, string what)
        where T : unmanaged
    {
        var size = Marshal.SizeOf<T>();
        Require(count, size, what);
        var values = MemoryMarshal.Cast<byte, T>(Take(count * size, what)).ToArray();

        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Archives are read on little-endian machines only.");

        return values;
    }

    private ReadOnlySpan<byte> Take(int count, string what)
    {
        Require(count, 1, what);
        var bytes = _bytes.Span.Slice(_position, count);
        _position += count;

        return bytes;
    }

    private void Require(int count, int itemSize, string what)
    {
        if (count < 0 || (long)count * itemSize > Remaining)
            throw Malformed($"{what} ({(long)count * itemSize} bytes)", $"{Remaining} bytes before the end");
    }
}
