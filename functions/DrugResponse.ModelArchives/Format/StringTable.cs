using System.Buffers.Binary;
using System.Text;

namespace DrugResponse.ModelArchives.Format;

/// <summary>The string table of a model stream: end offsets (Int64, in bytes) and UTF-16LE characters. Strings are decoded when asked for.</summary>
internal sealed class StringTable
{
    private readonly string _entry;
    private readonly ReadOnlyMemory<byte> _limits;
    private readonly ReadOnlyMemory<byte> _characters;
    private readonly string?[] _decoded;

    public StringTable(string entry, ReadOnlyMemory<byte> limits, ReadOnlyMemory<byte> characters, long limitsOffset)
    {
        _entry = entry;
        _limits = limits;
        _characters = characters;
        _decoded = new string?[limits.Length / 8];
        CheckLimits(limitsOffset);
    }

    public int Count => _decoded.Length;

    public string this[int index] => _decoded[index] ??= Decode(index);

    private string Decode(int index)
    {
        var start = index == 0 ? 0 : Limit(index - 1);

        return Encoding.Unicode.GetString(_characters.Span[(int)start..(int)Limit(index)]);
    }

    private long Limit(int index) => BinaryPrimitives.ReadInt64LittleEndian(_limits.Span[(index * 8)..]);

    private void CheckLimits(long limitsOffset)
    {
        var previous = 0L;

        for (var index = 0; index < Count; index++)
        {
            var limit = Limit(index);
            if (limit < previous || limit > _characters.Length || (limit & 1) != 0)
            {
                throw new ModelArchiveFormatException(
                    _entry, limitsOffset + (index * 8L), $"the end of string {index}, even, between {previous} and {_characters.Length}", EntryReader.Text(limit));
            }

            previous = limit;
        }

        if (previous != _characters.Length)
            throw new ModelArchiveFormatException(_entry, limitsOffset, $"strings that fill {_characters.Length} bytes", $"{previous} bytes");
    }
}
