using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives;

/// <summary>What can be said about an archive, usable or not: for a reader who wonders why it was refused.</summary>
public sealed class ArchiveInspection
{
    private ArchiveInspection(ModelArchive? archive, ModelArchiveException? refusal, ArchiveComponent? components, long size)
    {
        Archive = archive;
        Refusal = refusal;
        Components = components;
        Size = size;
    }

    /// <summary>The archive, if it can be used; otherwise null.</summary>
    public ModelArchive? Archive { get; }

    /// <summary>Why the archive cannot be used; null if it can.</summary>
    public ModelArchiveException? Refusal { get; }

    /// <summary>The components as they lie in the archive's directories, unsupported ones included; null if the file is not a readable zip.</summary>
    public ArchiveComponent? Components { get; }

    /// <summary>Size of the archive in bytes.</summary>
    public long Size { get; }

    /// <summary>Inspects an archive; nothing it contains makes this throw.</summary>
    /// <param name="archive">The bytes of the zip file. They must not change as long as the result is used.</param>
    /// <param name="limits">Caps on what the archive may ask for; null for the defaults.</param>
    public static ArchiveInspection Of(ReadOnlyMemory<byte> archive, ModelArchiveLimits? limits = null)
    {
        ArchiveComponent? components = null;

        try
        {
            components = ArchiveComponent.ReadTree(ZipContainer.Open(archive, limits ?? ModelArchiveLimits.Default));

            return new ArchiveInspection(ModelArchive.Read(archive, limits), null, components, archive.Length);
        }
        catch (ModelArchiveException refusal)
        {
            return new ArchiveInspection(null, refusal, components, archive.Length);
        }
    }
}
