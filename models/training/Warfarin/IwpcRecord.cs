using System.Globalization;

namespace DrugResponse.Training.Warfarin;

/// <summary>
/// Typed access to the cells of one line. A cell that cannot be read is noted as a fault, by line and column and without its
/// content (which is a person's), and read as not known.
/// </summary>
internal sealed class IwpcRecord(int line, Func<string, string> cell, List<string> faults)
{
    public int Line => line;

    /// <summary>The text, or null where the cell is empty.</summary>
    public string? Text(string column) => cell(column) is { Length: > 0 } text ? text : null;

    public string Required(string column) => Text(column) ?? Fault<string>(column, "must not be empty") ?? "";

    /// <summary>A number within the bounds, or null where the cell is empty.</summary>
    public double? Number(string column, double min, double max)
    {
        if (Text(column) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;

        Fault<string>(column, string.Create(CultureInfo.InvariantCulture, $"must be a number from {min} to {max}, or empty"));
        return null;
    }

    /// <summary>1, 0 or null where the cell is empty.</summary>
    public bool? Flag(string column) => Text(column) switch
    {
        null => null,
        "1" => true,
        "0" => false,
        _ => FlagFault(column),
    };

    /// <summary>The value that belongs to the text of the cell.</summary>
    public T? OneOf<T>(string column, params (string Text, T Value)[] choices)
    {
        var text = Text(column) ?? "";
        foreach (var choice in choices)
            if (choice.Text == text)
                return choice.Value;

        return Fault<T>(column, "must be one of " + string.Join(", ", choices.Select(static choice => $"'{choice.Text}'")));
    }

    public T? Fault<T>(string column, string fault)
    {
        faults.Add($"line {line}, column {column}: {fault}");
        return default;
    }

    private bool? FlagFault(string column)
    {
        Fault<string>(column, "must be 1, 0 or empty");
        return null;
    }
}
