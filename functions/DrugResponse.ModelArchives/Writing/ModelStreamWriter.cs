using System.Buffers.Binary;
using System.Text;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Writing;

/// <summary>Wraps a body into a model stream; the layout is <see cref="ModelHeader"/>'s.</summary>
internal static class ModelStreamWriter
{
    public static byte[] Write(ComponentFormat format, BodyWriter body)
    {
        var bodySize = body.Bytes.Length;
        var limitsSize = 8 * body.Strings.Count;
        var characters = Encoding.Unicode.GetBytes(string.Concat(body.Strings));
        var assembly = Encoding.Unicode.GetBytes(format.AssemblyName);
        var limitsOffset = ModelHeader.Size + bodySize;
        var charactersOffset = limitsOffset + limitsSize;
        var assemblyOffset = charactersOffset + characters.Length;
        var tailOffset = assemblyOffset + assembly.Length;
        var bytes = new byte[tailOffset + 8];

        WriteHeader(bytes, format);
        WriteInt64(bytes, 0x10, ModelHeader.Size);
        WriteInt64(bytes, 0x18, bodySize);
        if (limitsSize != 0)
        {
            WriteInt64(bytes, 0x20, limitsOffset);
            WriteInt64(bytes, 0x28, limitsSize);
            WriteInt64(bytes, 0x30, charactersOffset);
            WriteInt64(bytes, 0x38, characters.Length);
        }

        WriteInt64(bytes, 0x80, tailOffset);
        WriteInt64(bytes, 0x88, bytes.Length);
        WriteInt64(bytes, 0x90, assemblyOffset);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(0x98), assembly.Length);

        body.Bytes.CopyTo(bytes.AsSpan(ModelHeader.Size));
        WriteStringEnds(bytes.AsSpan(limitsOffset), body.Strings);
        characters.CopyTo(bytes, charactersOffset);
        assembly.CopyTo(bytes, assemblyOffset);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(tailOffset), ModelHeader.TailSignature);

        return bytes;
    }

    private static void WriteHeader(Span<byte> bytes, ComponentFormat format)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, ModelHeader.Signature);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[0x08..], ModelHeader.HeaderVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[0x0C..], ModelHeader.HeaderVersion);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[0x40..], ModelHeader.PackModelSignature(format.ModelSignature));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[0x48..], format.Written.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[0x4C..], format.Readable.Value);
        Encoding.ASCII.GetBytes(format.LoaderSignature, bytes.Slice(0x50, ModelHeader.LoaderSignatureSize));
        if (format.Alternative is { } alternative)
            Encoding.ASCII.GetBytes(alternative, bytes.Slice(0x68, ModelHeader.LoaderSignatureSize));
    }

    private static void WriteStringEnds(Span<byte> limits, IReadOnlyList<string> strings)
    {
        var end = 0L;
        for (var index = 0; index < strings.Count; index++)
        {
            end += 2L * strings[index].Length;
            BinaryPrimitives.WriteInt64LittleEndian(limits[(8 * index)..], end);
        }
    }

    private static void WriteInt64(byte[] bytes, int offset, long value) => BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(offset), value);
}
