using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives;

/// <summary>A component of an archive with its parts, as its directory and stream header tell, whether or not it is evaluated. Immutable.</summary>
public sealed class ArchiveComponent
{
    private ArchiveComponent(string name, string loaderSignature, string modelSignature, string version, IReadOnlyList<ArchiveComponent> parts)
    {
        Name = name;
        LoaderSignature = loaderSignature;
        ModelSignature = modelSignature;
        Version = version;
        Parts = parts;
    }

    /// <summary>Name of its directory, such as <c>Transform_001</c>; empty for the root.</summary>
    public string Name { get; }

    /// <summary>The signature that names its loader, such as <c>ConcatTransform</c>; empty for a directory without a stream.</summary>
    public string LoaderSignature { get; }

    /// <summary>The eight-character signature of its stream; empty for a directory without a stream.</summary>
    public string ModelSignature { get; }

    /// <summary>The version it was written with, such as <c>1.3</c>; empty for a directory without a stream.</summary>
    public string Version { get; }

    /// <summary>The components in its directory, in order of name.</summary>
    public IReadOnlyList<ArchiveComponent> Parts { get; }

    /// <summary>Reads the tree; a stream whose header is malformed shows as a component without signatures.</summary>
    internal static ArchiveComponent ReadTree(ZipContainer container)
    {
        var root = new Node();

        foreach (var name in container.Entries.Select(entry => entry.Name).Where(IsStream))
        {
            var node = root;
            var directories = name.Split('/');
            if (directories.Length > container.Limits.MaxDepth)
                continue;

            foreach (var directory in directories.AsSpan(0, directories.Length - 1))
            {
                if (!node.Parts.TryGetValue(directory, out var part))
                    node.Parts.Add(directory, part = new Node());
                node = part;
            }

            node.Header = container.TryReadHeader(name);
        }

        return Freeze("", root);
    }

    private static bool IsStream(string name) => name.EndsWith("Model.key", StringComparison.Ordinal) || name.EndsWith("Model.bin", StringComparison.Ordinal);

    private static ArchiveComponent Freeze(string name, Node node) => new(
        name,
        node.Header?.LoaderSignature ?? "",
        node.Header?.ModelSignature ?? "",
        node.Header?.Version.ToString() ?? "",
        [.. node.Parts.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => Freeze(part.Key, part.Value))]);

    private sealed class Node
    {
        public Dictionary<string, Node> Parts { get; } = new(StringComparer.Ordinal);

        public ModelHeader? Header { get; set; }
    }
}
