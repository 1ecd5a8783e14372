using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Contracts.Batches;

/// <summary>
/// Takes one row of a batch apart: its <c>rowId</c>, and the prediction body, to which the drugs asked for in every row are added. Only the
/// JSON's form is looked at; what the body says is for <see cref="PredictionRequestReader"/>. Not thread-safe.
/// </summary>
/// <param name="candidates">Drugs to score in every row, beside those that the row names.</param>
/// <param name="maxDepth">Deepest nesting accepted, in levels.</param>
public sealed class BatchRowReader(IReadOnlyList<string> candidates, int maxDepth)
{
    /// <summary>Longest <c>rowId</c>, in characters.</summary>
    public const int MaxRowIdLength = 256;

    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly byte[] _candidates = JsonSerializer.SerializeToUtf8Bytes(candidates, ContractsJsonContext.Wire.IReadOnlyListString);

    /// <summary>Reads one row.</summary>
    /// <param name="utf8">The row's JSON.</param>
    /// <returns>The row; its body is valid until the next one is read.</returns>
    public BatchRow Read(ReadOnlySpan<byte> utf8)
    {
        var faults = new FaultList();
        _body.ResetWrittenCount();
        if (!Utf8.IsValid(utf8))
        {
            faults.Add("", "Is not valid UTF-8.");
            return new BatchRow(null, default, faults);
        }

        string? rowId = null;
        try
        {
            var isObject = TryReadObject(utf8, faults, ref rowId);
            return new BatchRow(rowId, isObject ? _body.WrittenMemory : default, faults);
        }
        catch (JsonException exception)
        {
            // The parser's own message quotes the row.
            faults.Add("", string.Create(
                CultureInfo.InvariantCulture,
                $"Is not valid JSON; the first fault is at byte {BytesBefore(utf8, exception) + 1} of the row (nesting deeper than {maxDepth} levels is one)."));
            return new BatchRow(rowId, default, faults);
        }
    }

    private static long BytesBefore(ReadOnlySpan<byte> utf8, JsonException exception)
    {
        // A row of a JSON array may span lines, and the parser counts bytes from the last one.
        var start = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
            start += utf8[start..].IndexOf((byte)'\n') + 1;
        return start + (exception.BytePositionInLine ?? 0);
    }

    private bool TryReadObject(ReadOnlySpan<byte> utf8, FaultList faults, ref string? rowId)
    {
        var json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            faults.Add("", "Must be an object.");
            json.Skip();
            json.Read();
            return false;
        }

        var (hasRowId, hasCandidates) = (false, false);
        _body.Write("{"u8);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (IsNamed(ref json, "rowId"u8))
            {
                if (hasRowId)
                    faults.Add("/rowId", "Stands more than once.");
                hasRowId = true;
                rowId = ReadRowId(ref json, faults);
            }
            else if (!hasCandidates && IsNamed(ref json, "candidates"u8))
            {
                hasCandidates = true;
                CopyCandidates(utf8, ref json);
            }
            else
            {
                CopyMember(utf8, ref json);
            }
        }

        if (!hasCandidates && candidates.Count > 0)
        {
            BeginMember("\"candidates\""u8);
            _body.Write(_candidates);
        }

        _body.Write("}"u8);

        // Anything behind the object is a fault, which this read throws.
        json.Read();
        return true;
    }

    private static bool IsNamed(ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        try
        {
            return json.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair. The member stays in the body, whose reader names the fault.
            return false;
        }
    }

    private static string? ReadRowId(ref Utf8JsonReader json, FaultList faults)
    {
        json.Read();
        using var value = JsonDocument.ParseValue(ref json);
        return value.RootElement.ValueKind == JsonValueKind.Null
            ? null
            : JsonScalars.Text(value.RootElement, "/rowId", faults, MaxRowIdLength);
    }

    private void CopyMember(ReadOnlySpan<byte> utf8, ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        BeginMember(utf8.Slice(start, json.ValueSpan.Length + 2));
        _body.Write(ReadValue(utf8, ref json));
    }

    // At the end of the row's own list, so that pointers into that list stay right.
    private void CopyCandidates(ReadOnlySpan<byte> utf8, ref Utf8JsonReader json)
    {
        BeginMember("\"candidates\""u8);
        var value = ReadValue(utf8, ref json);
        if (candidates.Count == 0 || value[0] is not ((byte)'[' or (byte)'n'))
        {
            _body.Write(value);
        }
        else if (value[0] == (byte)'n' || value[1..^1].Trim(" \t\r\n"u8).IsEmpty)
        {
            _body.Write(_candidates);
        }
        else
        {
            _body.Write(value[..^1]);
            _body.Write(","u8);
            _body.Write(_candidates.AsSpan(1));
        }
    }

    private void BeginMember(ReadOnlySpan<byte> quotedName)
    {
        if (_body.WrittenCount > 1)
            _body.Write(","u8);
        _body.Write(quotedName);
        _body.Write(":"u8);
    }

    private static ReadOnlySpan<byte> ReadValue(ReadOnlySpan<byte> utf8, ref Utf8JsonReader json)
    {
        json.Read();
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return utf8[start..(int)json.BytesConsumed];
    }
}

/// <summary>One row of a batch, taken apart.</summary>
/// <param name="RowId">The row's own id; null if it has none or it does not fit.</param>
/// <param name="Body">The prediction body, UTF-8 JSON; empty when the row is no JSON object.</param>
/// <param name="Faults">What is wrong with the row so far.</param>
public readonly record struct BatchRow(string? RowId, ReadOnlyMemory<byte> Body, FaultList Faults);
