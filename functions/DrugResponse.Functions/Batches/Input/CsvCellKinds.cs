using System.Text;
using System.Text.Json;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>
/// Finds out what a column's fields must become by trying values out on the reader of the body: what that reader knows, CSV knows too,
/// without a second list of all members.
/// </summary>
internal static class CsvCellKinds
{
    /// <summary>The kind of the fields of a column, or null when the path leads to no value.</summary>
    /// <param name="path">Names of the members on the way.</param>
    public static CsvCellKind? Find(ReadOnlySpan<string> path)
    {
        if (path.Contains("") || Takes(path, "{}"))
            return null;
        if (Takes(path, "[]"))
            return Takes(path, """["x"]""") ? CsvCellKind.Names : Takes(path, """[{"drug":"x"}]""") ? CsvCellKind.Medications : null;
        if (Takes(path, "\"x\""))
            return Takes(path, """["x"]""") ? CsvCellKind.Statements : CsvCellKind.Text;
        return Takes(path, "1") || Takes(path, "null") ? CsvCellKind.Scalar : null;
    }

    private static bool Takes(ReadOnlySpan<string> path, string value)
    {
        var pointer = "";
        var body = new StringBuilder();
        foreach (var name in path)
        {
            pointer = JsonPointer.Member(pointer, name);
            body.Append('{').Append('"').Append(JsonEncodedText.Encode(name)).Append("\":");
        }

        using var json = JsonDocument.Parse(body.Append(value).Append('}', path.Length).ToString());
        var faults = new FaultList();
        PredictionRequestReader.Read(json.RootElement, faults);

        // A fault above says that the way is not known, one below that the value does not fit. One of the whole body means nothing here.
        return !faults.ToErrors().Keys.Any(fault => fault.Length > 0 && (IsAtOrBelow(fault, pointer) || IsAtOrBelow(pointer, fault)));
    }

    private static bool IsAtOrBelow(string pointer, string other) =>
        pointer.StartsWith(other, StringComparison.Ordinal) && (pointer.Length == other.Length || pointer[other.Length] == '/');
}
