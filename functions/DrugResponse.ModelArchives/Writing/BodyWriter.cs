using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DrugResponse.ModelArchives.Writing;

/// <summary>Builds the body of a model stream and its string table; equal strings share one index, in order of first use.</summary>
internal sealed class BodyWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly List<string> _strings = [];

    public IReadOnlyList<string> Strings => _strings;

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public BodyWriter Byte(byte value) => Raw([value]);

    public BodyWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);

        return this;
    }

    public BodyWriter Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    public BodyWriter Int32(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);

        return Raw(bytes);
    }

    public BodyWriter Int64(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);

        return Raw(bytes);
    }

    public BodyWriter UInt64(ulong value) => Int64((long)value);

    public BodyWriter Single(float value) => Int32(BitConverter.SingleToInt32Bits(value));

    public BodyWriter Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    /// <summary>An index into the string table; null is -1.</summary>
    public BodyWriter String(string? value)
    {
        if (value is null)
            return Int32(-1);

        if (!_indices.TryGetValue(value, out var index))
        {
            index = _strings.Count;
            _indices.Add(value, index);
            _strings.Add(value);
        }

        return Int32(index);
    }

    /// <summary>Items one after the other, without a count.</summary>
    public BodyWriter Each<T>(IEnumerable<T> values, Action<BodyWriter, T> write)
    {
        foreach (var value in values)
            write(this, value);

        return this;
    }

    /// <summary>A count, then the items.</summary>
    public BodyWriter Counted<T>(IReadOnlyCollection<T> values, Action<BodyWriter, T> write) => Int32(values.Count).Each(values, write);

    public BodyWriter Int32s(IReadOnlyCollection<int> values) => Counted(values, (body, value) => body.Int32(value));

    public BodyWriter Singles(IReadOnlyCollection<float> values) => Counted(values, (body, value) => body.Single(value));

    public BodyWriter Doubles(IReadOnlyCollection<double> values) => Counted(values, (body, value) => body.Double(value));

    /// <summary>UTF-8 with its byte length in front, seven bits a byte, low group first.</summary>
    public BodyWriter Utf8(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);

        return Leb128(bytes.Length).Raw(bytes);
    }

    public BodyWriter Leb128(int value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));

        return Byte((byte)value);
    }
}
