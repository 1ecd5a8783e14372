using System.Globalization;

namespace DrugResponse.Training;

/// <summary>
/// A tab-separated table inside this assembly: comment lines that begin with <c>#</c>, then a header, then rows. An empty cell is a value
/// that is not given.
/// </summary>
internal static class EmbeddedTsv
{
    /// <summary>Reads every row of a table.</summary>
    /// <param name="name">File name without ending, unique in the assembly.</param>
    /// <exception cref="InvalidDataException">There is no such table, or a row has another number of cells than the header.</exception>
    public static IReadOnlyList<TsvRow> Read(string name)
    {
        var assembly = typeof(EmbeddedTsv).Assembly;
        var resource = assembly.GetManifestResourceNames().SingleOrDefault(each => each.EndsWith($".{name}.tsv", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"There is no table '{name}'.");
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        Dictionary<string, int>? columns = null;
        var rows = new List<TsvRow>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var cells = line.Split('\t');
            if (columns is null)
                columns = cells.Index().ToDictionary(static cell => cell.Item, static cell => cell.Index, StringComparer.Ordinal);
            else if (cells.Length == columns.Count)
                rows.Add(new TsvRow(name, columns, cells));
            else
                throw new InvalidDataException($"Table {name}: '{cells[0]}' has {cells.Length} cells where the header has {columns.Count}.");
        }

        return rows;
    }
}

/// <summary>A row of an embedded table.</summary>
internal sealed class TsvRow(string table, IReadOnlyDictionary<string, int> columns, string[] cells)
{
    /// <summary>The text of a cell; empty when not given.</summary>
    public string Text(string column) => cells[columns[column]];

    /// <summary>The text of a cell, or null when not given.</summary>
    public string? TextOrNull(string column) => Text(column) is { Length: > 0 } text ? text : null;

    /// <summary>The number in a cell.</summary>
    /// <exception cref="InvalidDataException">It holds none.</exception>
    public double Number(string column) =>
        NumberOrNull(column) ?? throw new InvalidDataException($"Table {table}: {cells[0]} has no {column}.");

    /// <summary>The number in a cell, or null when not given.</summary>
    /// <exception cref="InvalidDataException">It holds something else than a number.</exception>
    public double? NumberOrNull(string column)
    {
        if (TextOrNull(column) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException($"Table {table}: '{text}' of {cells[0]} is no number ({column}).");
    }
}
