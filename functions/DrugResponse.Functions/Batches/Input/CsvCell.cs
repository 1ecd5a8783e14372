using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>What the text of a field becomes in JSON.</summary>
internal enum CsvCellKind
{
    /// <summary>A string, whatever it looks like: ids of digits, activity scores.</summary>
    Text,

    /// <summary>A number, <c>true</c> or <c>false</c> if it is one, else a string.</summary>
    Scalar,

    /// <summary>A string, or several joined by <c>&amp;</c>: <c>*57:01 negative &amp; *58:01 positive</c>.</summary>
    Statements,

    /// <summary>An array of strings, joined by <c>|</c>; <c>none</c> is the empty one.</summary>
    Names,

    /// <summary>An array of medications by their names, joined by <c>|</c>; <c>none</c> is the empty one.</summary>
    Medications,
}

/// <summary>Writes a field as JSON. What does not fit is written as a string, for the reader of the body to refuse at its place.</summary>
internal static class CsvCell
{
    private delegate void WriteItem(ReadOnlySpan<byte> item, Utf8JsonWriter json);

    /// <summary>Writes a field.</summary>
    /// <param name="text">Its value, UTF-8.</param>
    /// <param name="kind">What it becomes.</param>
    /// <param name="json">Where to.</param>
    public static void Write(ReadOnlySpan<byte> text, CsvCellKind kind, Utf8JsonWriter json)
    {
        switch (kind)
        {
            case CsvCellKind.Scalar:
                WriteScalar(text, json);
                break;
            case CsvCellKind.Statements when text.Contains((byte)'&'):
                WriteArray(text, (byte)'&', WriteText, json);
                break;
            case CsvCellKind.Names:
                WriteArray(text, (byte)'|', WriteText, json);
                break;
            case CsvCellKind.Medications:
                WriteArray(text, (byte)'|', WriteMedication, json);
                break;
            default:
                json.WriteStringValue(text);
                break;
        }
    }

    private static void WriteScalar(ReadOnlySpan<byte> text, Utf8JsonWriter json)
    {
        if (Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "false"u8))
            json.WriteBooleanValue(text.Length == 4);
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(text);
    }

    private static void WriteText(ReadOnlySpan<byte> text, Utf8JsonWriter json) => json.WriteStringValue(text);

    private static void WriteMedication(ReadOnlySpan<byte> name, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("drug"u8, name);
        json.WriteEndObject();
    }

    private static void WriteArray(ReadOnlySpan<byte> text, byte separator, WriteItem write, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        if (!Ascii.EqualsIgnoreCase(text, "none"u8))
        {
            foreach (var range in text.Split(separator))
            {
                var item = text[range].Trim(" \t\r\n"u8);
                if (!item.IsEmpty)
                    write(item, json);
            }
        }

        json.WriteEndArray();
    }
}
