using System.Text.Json;
using CsvHelper;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>
/// The columns of a CSV input, each named by the path of a member of the prediction body (<c>patient.ageYears</c>,
/// <c>genotype.diplotypes.CYP2C9</c>, <c>medications</c>), and how a record becomes that body. Immutable and thread-safe.
/// </summary>
internal sealed class CsvColumns
{
    private const string RowIdColumn = "rowId";

    private readonly string[] _names;
    private readonly CsvMember _root;

    private CsvColumns(string[] names, CsvMember root)
    {
        _names = names;
        _root = root;
        RowId = Array.IndexOf(names, RowIdColumn);
    }

    /// <summary>How many there are.</summary>
    public int Count => _names.Length;

    /// <summary>The index of the row's own id; negative if there is none.</summary>
    public int RowId { get; }

    /// <summary>Understands a header.</summary>
    /// <param name="header">The names, in order.</param>
    /// <exception cref="InputRefusedException">A name is no column, or stands twice; all such are told, as <c>/header/{index}</c>.</exception>
    public static CsvColumns Read(IReadOnlyList<string> header)
    {
        var names = header.Select(static name => name.Trim()).ToArray();
        var faults = new FaultList();
        var root = new CsvMember("");
        foreach (var (index, name) in names.Index())
        {
            var pointer = JsonPointer.Element("/header", index);
            if (names.AsSpan(0, index).Contains(name))
                faults.Add(pointer, "Stands more than once.");
            else if (name == RowIdColumn)
                root.Add([name], index, CsvCellKind.Text);
            else if (CsvCellKinds.Find(PathOf(name)) is { } kind)
                root.Add(PathOf(name), index, kind);
            else
                faults.Add(pointer, "Is not a known column. A column has the path of a value: rowId, patient.ageYears, genotype.diplotypes.CYP2C9, medications, …");
        }

        return faults.IsEmpty ? new CsvColumns(names, root) : throw new InputRefusedException(ProblemResponses.InvalidContent(faults.ToErrors()));
    }

    /// <summary>Writes a record as the JSON of a row. An empty field is not written: nothing is known.</summary>
    /// <param name="record">The reader, on a record with a field for every column, all valid UTF-8.</param>
    /// <param name="json">Where to.</param>
    public void Write(CsvReader record, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        _root.WriteMembers(record, json);
        json.WriteEndObject();
    }

    // Names of genes and drugs may themselves hold dots.
    private static string[] PathOf(string name) => name.Split('.', name.StartsWith("genotype.", StringComparison.Ordinal) ? 3 : 2);
}

/// <summary>A member of the body that columns fill: a value, or an object with members of its own.</summary>
/// <param name="name">Its name.</param>
internal sealed class CsvMember(string name)
{
    private readonly List<CsvMember> _members = [];
    private int _column = -1;
    private CsvCellKind _kind;

    /// <summary>Adds a value below this object.</summary>
    public void Add(ReadOnlySpan<string> path, int column, CsvCellKind kind)
    {
        if (path.IsEmpty)
        {
            (_column, _kind) = (column, kind);
            return;
        }

        var first = path[0];
        var member = _members.Find(known => known.Is(first));
        if (member is null)
            _members.Add(member = new CsvMember(first));
        member.Add(path[1..], column, kind);
    }

    /// <summary>Writes those members of which the record says something.</summary>
    public void WriteMembers(CsvReader record, Utf8JsonWriter json)
    {
        foreach (var member in _members)
        {
            if (member.HasValue(record))
                member.Write(record, json);
        }
    }

    private bool Is(string other) => name == other;

    private bool HasValue(CsvReader record) =>
        _column >= 0 ? !record.IsEmpty(_column) : _members.Exists(member => member.HasValue(record));

    private void Write(CsvReader record, Utf8JsonWriter json)
    {
        json.WritePropertyName(name);
        if (_column >= 0)
        {
            CsvCell.Write(record.GetSpan(_column), _kind, json);
            return;
        }

        json.WriteStartObject();
        WriteMembers(record, json);
        json.WriteEndObject();
    }
}
