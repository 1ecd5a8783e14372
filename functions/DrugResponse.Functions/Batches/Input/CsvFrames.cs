using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CsvHelper;
using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>Reads CSV (RFC 4180, separated by comma or semicolon) and gives each record as the JSON of a row.</summary>
/// <remarks>
/// A quotation mark that is not closed takes the rows behind it for its own text, up to the next mark. Where there is none, the input is
/// refused. Where there is one, the record has text behind its quotes, another number of fields than the header, or more bytes than a row
/// may have: it is an error, which says how many lines it took.
/// </remarks>
internal static class CsvFrames
{
    /// <summary>Reads the rows.</summary>
    /// <param name="input">The text.</param>
    /// <param name="maxRowBytes">Most bytes of a record.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputRefusedException">The header is not understood, or a quotation mark is not closed.</exception>
    public static async IAsyncEnumerable<RowFrame> ReadAsync(
        PipeReader input, int maxRowBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var malformed = new HashSet<long>();
        var separator = await CsvSeparator.FindAsync(input, cancellationToken);
        await using var records = new CsvRecordLimit(input, separator, maxRowBytes);
        await using var csv = CsvReader.Create(
            records, Options(separator, maxRowBytes, record => Note(record, malformed)), leaveOpen: true);
        await ReadHeaderAsync(csv, records, cancellationToken);
        var columns = CsvColumns.Read(csv.Headers);
        var json = new ArrayBufferWriter<byte>();
        while (await ReadNextAsync(csv, cancellationToken))
        {
            if (records.IsTooLong(csv.GetSpan(0), out var lineBreaks))
            {
                yield return TooLong(csv.LineNumber, lineBreaks, maxRowBytes);
                continue;
            }

            // Records are numbered from the header on.
            var fault = FaultOf(csv, columns, malformed.Remove(csv.RowNumber + 1));
            json.ResetWrittenCount();
            Write(csv, columns, isWhole: fault is null, json);
            yield return new RowFrame(csv.LineNumber, json.WrittenMemory, fault);
        }
    }

    private static CsvReaderOptions Options(char separator, int maxRowBytes, Action<CsvMalformedRecord> onMalformed) => new()
    {
        Separator = separator,
        TrackLineNumbers = true,
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        // Of a record that is too long its line breaks are left; see CsvRecordLimit for how many.
        MaxRecordSize = 2 * maxRowBytes,
        OnMalformedRecord = onMalformed,
    };

    private static void Note(CsvMalformedRecord record, HashSet<long> malformed)
    {
        // Such a field has swallowed all rows behind it.
        if (record.Reason == CsvMalformedReason.UnterminatedQuote)
            throw new InputRefusedException(ProblemResponses.UnreadableInput(
                FormattableString.Invariant($"A quotation mark in the record that begins on line {record.LineNumber} is not closed.")));
        malformed.Add(record.RecordNumber);
    }

    private static async Task ReadHeaderAsync(CsvReader csv, CsvRecordLimit records, CancellationToken cancellationToken)
    {
        try
        {
            await csv.ReadHeaderAsync(cancellationToken);
        }
        catch (CsvFormatException)
        {
            throw HeaderTooLong();
        }

        if (csv.Headers.Count == 0)
            throw new InputRefusedException(ProblemResponses.NoRows("The input is empty: the first line must name the columns."));
        if (records.IsTooLong(Encoding.UTF8.GetBytes(csv.Headers[0]), out _))
            throw HeaderTooLong();
    }

    private static InputRefusedException HeaderTooLong() =>
        new(ProblemResponses.UnreadableInput("The first line is too long to be a header."));

    private static RowFrame TooLong(long line, long lineBreaks, int maxRowBytes)
    {
        var frame = RowFrame.TooLong(line, maxRowBytes);
        return lineBreaks == 0 ? frame : frame with
        {
            Fault = FormattableString.Invariant(
                $"{frame.Fault} It takes {lineBreaks + 1} lines: if a quotation mark in it is not closed, these are rows that were not read."),
        };
    }

    private static async Task<bool> ReadNextAsync(CsvReader csv, CancellationToken cancellationToken)
    {
        try
        {
            return await csv.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException exception)
        {
            throw new InputRefusedException(ProblemResponses.UnreadableInput(FormattableString.Invariant(
                $"The record that begins on line {exception.LineNumber} is too long; perhaps a quotation mark is not closed.")));
        }
    }

    private static string? FaultOf(CsvReader csv, CsvColumns columns, bool isMalformed)
    {
        if (isMalformed)
            return "Has a quotation mark where none can stand: a field that holds one is quoted, with the mark doubled.";
        if (csv.FieldCount < columns.Count || Enumerable.Range(columns.Count, csv.FieldCount - columns.Count).Any(field => !csv.IsEmpty(field)))
            return FormattableString.Invariant($"Has {csv.FieldCount} fields; the header has {columns.Count}.");
        return Utf8.IsValid(csv.RawRecord) ? null : "Is not valid UTF-8.";
    }

    private static void Write(CsvReader csv, CsvColumns columns, bool isWhole, ArrayBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        if (isWhole)
        {
            columns.Write(csv, json);
            return;
        }

        json.WriteStartObject();
        if (columns.RowId >= 0 && !csv.IsEmpty(columns.RowId) && Utf8.IsValid(csv.GetSpan(columns.RowId)))
            json.WriteString("rowId"u8, csv.GetSpan(columns.RowId));
        json.WriteEndObject();
    }
}
