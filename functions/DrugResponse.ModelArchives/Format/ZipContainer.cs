using System.Globalization;

namespace DrugResponse.ModelArchives.Format;

/// <summary>The files of an archive by name. Bytes are expanded on request, within the limits, and checked against their checksum.</summary>
internal sealed class ZipContainer
{
    /// <summary>Deflate cannot expand further than this, so a larger claim is refused before memory is set aside for it.</summary>
    private const int MaxDeflateRatio = 1032;

    private readonly ReadOnlyMemory<byte> _archive;
    private readonly Dictionary<string, ZipEntry> _entries;

    private ZipContainer(ReadOnlyMemory<byte> archive, Dictionary<string, ZipEntry> entries, ModelArchiveLimits limits)
    {
        _archive = archive;
        _entries = entries;
        Budget = new ExpansionBudget(
            Math.Min(limits.MaxExpandedBytes, Math.Max(limits.FreeExpandedBytes, (long)archive.Length * limits.MaxExpansionRatio)));
        Limits = limits;
    }

    public ModelArchiveLimits Limits { get; }

    public ExpansionBudget Budget { get; }

    public IEnumerable<ZipEntry> Entries => _entries.Values;

    public static ZipContainer Open(ReadOnlyMemory<byte> archive, ModelArchiveLimits limits)
    {
        if (archive.Length > limits.MaxArchiveBytes)
            throw new ModelArchiveLimitException("", 0, "the archive size in bytes", limits.MaxArchiveBytes, archive.Length);

        var list = ZipDirectoryReader.Read(archive, limits);
        var entries = new Dictionary<string, ZipEntry>(list.Count, StringComparer.Ordinal);

        foreach (var entry in list)
        {
            if (!entries.TryAdd(entry.Name, entry))
                throw new ModelArchiveFormatException("", entry.LocalOffset, $"one entry named '{entry.Name}'", "several");
        }

        return new ZipContainer(archive, entries, limits);
    }

    public bool Contains(string name) => _entries.ContainsKey(name);

    public ReadOnlyMemory<byte>? TryRead(string name) => _entries.TryGetValue(name, out var entry) ? Read(entry) : null;

    /// <summary>Reads only the header of a model stream; null if it has none. What is expanded for it does not count against the budget.</summary>
    public ModelHeader? TryReadHeader(string name)
    {
        var entry = _entries[name];
        var size = Math.Min(entry.ExpandedSize, ModelHeader.Size);
        var stored = _archive.Slice(entry.DataOffset, entry.CompressedSize);

        try
        {
            return ModelHeader.TryReadSignatures(entry.IsDeflated ? RawDeflate.ExpandStart(stored, size) : stored.Span[..size]);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private ReadOnlyMemory<byte> Read(ZipEntry entry)
    {
        Budget.Take(entry.Name, 0, entry.ExpandedSize);

        var stored = _archive.Slice(entry.DataOffset, entry.CompressedSize);
        var expanded = entry.IsDeflated ? Inflate(entry, stored) : stored;
        var checksum = Crc32.Compute(expanded.Span);

        if (checksum != entry.Checksum)
            throw new ModelArchiveFormatException(entry.Name, 0, $"checksum {Hex(entry.Checksum)}", Hex(checksum));

        return expanded;
    }

    private static byte[] Inflate(ZipEntry entry, ReadOnlyMemory<byte> stored)
    {
        if (entry.ExpandedSize > ((long)stored.Length + 1) * MaxDeflateRatio)
            throw new ModelArchiveFormatException(entry.Name, 0, $"an expanded size that {stored.Length} deflated bytes can give", $"{entry.ExpandedSize}");

        return RawDeflate.Expand(stored, entry.ExpandedSize, entry.Name);
    }

    private static string Hex(uint value) => value.ToString("X8", CultureInfo.InvariantCulture);
}
