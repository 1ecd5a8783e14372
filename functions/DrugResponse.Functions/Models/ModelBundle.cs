using System.Security.Cryptography;
using System.Text;
using Azure;

namespace DrugResponse.Functions.Models;

/// <summary>
/// All files of a set of models in one: a fresh process reads it in one request, where the files by themselves take hundreds. It is a copy
/// that may be missing or old at any time: each file is held against the registry's hash like one that was fetched by itself.
/// </summary>
/// <remarks>
/// The bytes: <c>DRMB</c>, the version 1, the SHA-256 of the registry, the number of files; then of each file its path and ETag (length-prefixed
/// UTF-8), its length and its content. Numbers are 32-bit little-endian.
/// </remarks>
internal sealed class ModelBundle
{
    /// <summary>Where it is in the container of models.</summary>
    public const string Path = "bundle.bin";

    /// <summary>A bundle longer than this is not read.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    private const byte Version = 1;

    private static readonly byte[] Magic = "DRMB"u8.ToArray();

    private readonly byte[] _registryHash;
    private readonly Dictionary<string, BundledFile> _files;

    private ModelBundle(byte[] registryHash, Dictionary<string, BundledFile> files) => (_registryHash, _files) = (registryHash, files);

    /// <summary>Makes a bundle.</summary>
    /// <param name="registry">The registry's bytes.</param>
    /// <param name="files">The files, by path.</param>
    public static ModelBundle Of(ReadOnlySpan<byte> registry, IEnumerable<KeyValuePair<string, BundledFile>> files) =>
        new(SHA256.HashData(registry), new Dictionary<string, BundledFile>(files, StringComparer.Ordinal));

    /// <summary>Reads a bundle.</summary>
    /// <param name="bytes">Its bytes; they are kept.</param>
    /// <returns>The bundle, or null when they are none.</returns>
    public static ModelBundle? TryRead(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic) || reader.ReadByte() != Version)
                return null;
            var registryHash = reader.ReadBytes(SHA256.HashSizeInBytes);
            var files = new Dictionary<string, BundledFile>(StringComparer.Ordinal);
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var (path, tag, length) = (reader.ReadString(), reader.ReadString(), reader.ReadInt32());
                var start = (int)reader.BaseStream.Position;
                files.Add(path, new BundledFile(bytes.AsMemory(start, length), new ETag(tag)));
                reader.BaseStream.Position = start + length;
            }

            return new ModelBundle(registryHash, files);
        }
        catch (Exception malformed) when (malformed is IOException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether it was made of the files that a registry names.</summary>
    /// <param name="registry">The registry's bytes.</param>
    public bool BelongsTo(ReadOnlySpan<byte> registry) => SHA256.HashData(registry).AsSpan().SequenceEqual(_registryHash);

    /// <summary>A file; null when it is not in the bundle.</summary>
    /// <param name="path">Its path in the container.</param>
    public BundledFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>The bytes of the bundle.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(_registryHash);
        writer.Write(_files.Count);
        foreach (var (path, file) in _files)
        {
            writer.Write(path);
            writer.Write(file.ETag.ToString("G"));
            writer.Write(file.Content.Length);
            writer.Write(file.Content.Span);
        }

        writer.Flush();
        return stream.ToArray();
    }
}

/// <summary>A file in a bundle.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ETag">The version that it had when the bundle was made.</param>
internal sealed record BundledFile(ReadOnlyMemory<byte> Content, ETag ETag);
