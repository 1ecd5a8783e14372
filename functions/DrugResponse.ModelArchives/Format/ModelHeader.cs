using System.Buffers.Binary;
using System.Text;

namespace DrugResponse.ModelArchives.Format;

/// <summary>The fixed header of a model stream (<c>Model.key</c> or <c>Model.bin</c>), 256 bytes, offsets relative to its start.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Core/Data/ModelHeader.cs</c>. Offset: field.
/// 00h u64 signature; 08h u32 header version; 0Ch u32 oldest header reader; 10h i64 body offset (256); 18h i64 body size;
/// 20h, 28h i64 offset and size of the string ends; 30h, 38h i64 offset and size of the characters; 40h u64 model signature;
/// 48h u32 model version; 4Ch u32 oldest model reader; 50h, 68h 24 bytes loader signature and its alternative;
/// 80h i64 tail offset; 88h i64 limit; 90h i64, 98h u32 offset and size of the assembly name (header 1.2); rest 0.
/// </remarks>
internal sealed record ModelHeader(
    string ModelSignature,
    ComponentVersion Version,
    ComponentVersion ReadableVersion,
    string LoaderSignature,
    string AlternativeLoaderSignature)
{
    public const int Size = 256;
    public const ulong Signature = 0x4C45444F4D004C4D;
    public const ulong TailSignature = 0x4D4C004D4F44454C;
    public const uint HeaderVersion = 0x00010002;
    public const int LoaderSignatureSize = 24;
    private const uint OldestHeaderVersion = 0x00010001;

    /// <summary>Reads and checks a whole stream, and returns a reader that stands at its body.</summary>
    public static (ModelHeader Header, EntryReader Body) Read(string entry, ReadOnlyMemory<byte> stream, ExpansionBudget budget)
    {
        var sections = ReadSections(entry, stream.Span);
        var header = ReadSignatures(entry, stream.Span);

        if (header.ReadableVersion > header.Version)
            throw new ModelArchiveFormatException(entry, 0x4C, $"a readable version of at most {header.Version}", $"{header.ReadableVersion}");

        var strings = sections.LimitsSize == 0
            ? null
            : new StringTable(
                entry,
                stream.Slice(sections.LimitsOffset, sections.LimitsSize),
                stream.Slice(sections.CharactersOffset, sections.CharactersSize),
                sections.LimitsOffset);

        return (header, new EntryReader(entry, stream, budget, Size, Size + sections.BodySize, strings));
    }

    /// <summary>Reads what identifies the component from the first bytes of a stream; null if they are not such a header.</summary>
    public static ModelHeader? TryReadSignatures(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Signature)
            return null;

        try
        {
            return ReadSignatures("", bytes);
        }
        catch (ModelArchiveFormatException)
        {
            return null;
        }
    }

    /// <summary>Stores eight characters with the first in the lowest byte and blanks as zero.</summary>
    public static ulong PackModelSignature(string signature)
    {
        var packed = 0UL;
        for (var index = signature.Length - 1; index >= 0; index--)
            packed = (packed << 8) | (signature[index] == ' ' ? 0UL : signature[index]);

        return packed;
    }

    private static ModelHeader ReadSignatures(string entry, ReadOnlySpan<byte> bytes) => new(
        ReadModelSignature(bytes[0x40..]),
        new ComponentVersion(BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x48..])),
        new ComponentVersion(BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x4C..])),
        ReadLoaderSignature(entry, bytes, 0x50),
        ReadLoaderSignature(entry, bytes, 0x68));

    private static (int BodySize, int LimitsOffset, int LimitsSize, int CharactersOffset, int CharactersSize) ReadSections(string entry, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size + 8)
            throw new ModelArchiveFormatException(entry, 0, $"a header of {Size} bytes and a tail of 8", $"{bytes.Length} bytes");
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Signature)
            throw new ModelArchiveFormatException(entry, 0, "the model signature 'ML\\0MODEL'", "other bytes");
        CheckHeaderVersion(entry, bytes);

        var position = (long)Size;
        Expect(entry, bytes, 0x10, Size, "the body offset");
        var bodySize = Section(entry, bytes, 0x18, ref position, "the body size");
        var limitsSize = BinaryPrimitives.ReadInt64LittleEndian(bytes[0x28..]);
        var limitsOffset = 0L;
        var charactersOffset = 0L;
        var charactersSize = 0L;

        if (limitsSize != 0)
        {
            limitsOffset = position;
            Expect(entry, bytes, 0x20, position, "the offset of the string ends");
            limitsSize = Section(entry, bytes, 0x28, ref position, "the size of the string ends");
            charactersOffset = position;
            Expect(entry, bytes, 0x30, position, "the offset of the characters");
            charactersSize = Section(entry, bytes, 0x38, ref position, "the size of the characters");
            if (limitsSize % 8 != 0)
                throw new ModelArchiveFormatException(entry, 0x28, "string ends of 8 bytes each", $"{limitsSize} bytes");
        }

        CheckTail(entry, bytes, position);

        return ((int)bodySize, (int)limitsOffset, (int)limitsSize, (int)charactersOffset, (int)charactersSize);
    }

    private static void CheckHeaderVersion(string entry, ReadOnlySpan<byte> bytes)
    {
        var written = BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x08..]);
        var readable = BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x0C..]);

        if (written < OldestHeaderVersion || readable > written || readable > HeaderVersion)
        {
            throw new ModelArchiveFormatException(
                entry, 0x08, "a header version that a reader of version 1.2 understands",
                $"version {new ComponentVersion(written)}, readable from {new ComponentVersion(readable)}");
        }
    }

    private static void CheckTail(string entry, ReadOnlySpan<byte> bytes, long position)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x08..]) >= HeaderVersion && BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x98..]) is var nameSize and > 0)
        {
            Expect(entry, bytes, 0x90, position, "the offset of the assembly name");
            position += nameSize;
        }

        Expect(entry, bytes, 0x80, position, "the tail offset");
        Expect(entry, bytes, 0x88, position + 8, "the stream limit");
        if (position + 8 > bytes.Length || BinaryPrimitives.ReadUInt64LittleEndian(bytes[(int)position..]) != TailSignature)
            throw new ModelArchiveFormatException(entry, Math.Min(position, bytes.Length), "the model tail signature", "other bytes or the end");
    }

    private static void Expect(string entry, ReadOnlySpan<byte> bytes, int field, long expected, string what)
    {
        var found = BinaryPrimitives.ReadInt64LittleEndian(bytes[field..]);
        if (found != expected)
            throw new ModelArchiveFormatException(entry, field, $"{expected} as {what}", EntryReader.Text(found));
    }

    private static long Section(string entry, ReadOnlySpan<byte> bytes, int field, ref long position, string what)
    {
        var size = BinaryPrimitives.ReadInt64LittleEndian(bytes[field..]);
        if (size < 0 || size > bytes.Length - position)
            throw new ModelArchiveFormatException(entry, field, $"{what} within {bytes.Length} bytes", EntryReader.Text(size));
        position += size;

        return size;
    }

    private static string ReadModelSignature(ReadOnlySpan<byte> bytes) =>
        string.Create(8, BinaryPrimitives.ReadUInt64LittleEndian(bytes), (characters, packed) =>
        {
            for (var index = 0; index < characters.Length; index++)
                characters[index] = (byte)(packed >> (8 * index)) is var value and not 0 ? (char)value : ' ';
        });

    private static string ReadLoaderSignature(string entry, ReadOnlySpan<byte> bytes, int offset)
    {
        var field = bytes.Slice(offset, LoaderSignatureSize);
        var length = field.IndexOf((byte)0) is var end and >= 0 ? end : LoaderSignatureSize;

        if (field[..length].ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
            throw new ModelArchiveFormatException(entry, offset, "a loader signature of printable ASCII", "other characters");

        return Encoding.ASCII.GetString(field[..length]);
    }
}
