namespace DrugResponse.ModelArchives.Format;

/// <summary>The directory of one component: its main stream, raw entries and sub-components.</summary>
internal sealed class ModelDirectory(ZipContainer container, string path, int depth = 0)
{
    public string Path { get; } = path;

    public ModelArchiveLimits Limits => container.Limits;

    public string EntryName(string name) => Path.Length == 0 ? name : $"{Path}/{name}";

    public ModelDirectory Sub(string name)
    {
        if (depth >= container.Limits.MaxDepth)
            throw new ModelArchiveLimitException(EntryName(name), 0, "the nesting of components", container.Limits.MaxDepth, depth + 1);

        return new ModelDirectory(container, EntryName(name), depth + 1);
    }

    /// <summary>The sub-directory of a numbered component: the prefix and at least three decimal digits.</summary>
    public ModelDirectory Sub(string prefix, int index) => Sub($"{prefix}_{index:D3}");

    public bool HasModel => container.Contains(EntryName("Model.key")) || container.Contains(EntryName("Model.bin"));

    public ReadOnlyMemory<byte>? TryReadEntry(string name) => container.TryRead(EntryName(name));

    public EntryReader ReadEntry(string name) =>
        new(EntryName(name), TryReadEntry(name) ?? throw new ModelArchiveFormatException(EntryName(name), 0, "the entry", "nothing"), container.Budget);

    public SchemaFile ReadSchema(string name)
    {
        var entry = ReadEntry(name);

        return SchemaFile.Read(entry);
    }

    /// <summary>Opens the main stream, <c>Model.key</c> or else <c>Model.bin</c>.</summary>
    public ModelStream Open()
    {
        var name = container.Contains(EntryName("Model.key")) || !container.Contains(EntryName("Model.bin")) ? "Model.key" : "Model.bin";
        var entry = ReadEntry(name);
        var (header, body) = ModelHeader.Read(entry.Entry, entry.Bytes(entry.Remaining, "the stream"), container.Budget);

        return new ModelStream(this, header, body);
    }
}
