using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests.Support;

/// <summary>The expanded entries of an archive, to be changed and zipped again with correct checksums.</summary>
internal sealed class ArchiveEditor
{
    private readonly SortedDictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _entries.Keys;

    public byte[] this[string name]
    {
        get => _entries[name];
        set => _entries[name] = value;
    }

    public static ArchiveEditor Open(byte[] archive)
    {
        var container = ZipContainer.Open(archive, ModelArchiveLimits.Default);
        var editor = new ArchiveEditor();
        foreach (var entry in container.Entries)
            editor[entry.Name] = container.TryRead(entry.Name)!.Value.ToArray();

        return editor;
    }

    public static ArchiveEditor Empty() => new();

    public static ArchiveEditor OpenFixture(string name) => Open(Fixture.Load(name).Archive);

    public ArchiveEditor Remove(string name)
    {
        _entries.Remove(name);

        return this;
    }

    /// <summary>Gives an entry another name.</summary>
    public ArchiveEditor Move(string from, string to)
    {
        _entries[to] = _entries[from];

        return Remove(from);
    }

    /// <summary>Writes a component's stream.</summary>
    public ArchiveEditor Set(string directory, ComponentFormat format, BodyWriter body)
    {
        _entries[directory.Length == 0 ? "Model.key" : $"{directory}/Model.key"] = ModelStreamWriter.Write(format, body);

        return this;
    }

    public ArchiveEditor SetSchema(string name, params (string Name, ColumnType Type)[] columns)
    {
        _entries[name] = SchemaFileWriter.Write(columns);

        return this;
    }

    public byte[] Zip(Func<string, string>? rename = null)
    {
        var writer = new ZipContainerWriter();
        foreach (var (name, content) in _entries)
            writer.Add(rename is null ? name : rename(name), content);

        return writer.Finish();
    }
}
