using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>
/// Passes CSV on record by record, and in the place of one that is longer than records may be another that says so: a single quoted field
/// with a text that no input can hold, and with the line breaks of the record, so that lines are counted as before. Of these there are at most
/// as many as make it more than twice as long as records may be, which whoever reads it must refuse. Memory is a few records of
/// that length, however long one is. Not thread-safe.
/// </summary>
/// <param name="input">The text.</param>
/// <param name="separator">What separates fields.</param>
/// <param name="maxBytes">Most bytes of a record.</param>
internal sealed class CsvRecordLimit(PipeReader input, char separator, int maxBytes) : ForwardStream
{
    private readonly byte[] _marker = Encoding.ASCII.GetBytes($"too long {Guid.NewGuid():N} ");
    private readonly ArrayBufferWriter<byte> _record = new();
    private readonly ArrayBufferWriter<byte> _passed = new();
    private Place _place;
    private ReadOnlyMemory<byte> _ready;
    private byte _end;
    private long _lineBreaks;
    private bool _isTooLong;
    private bool _isAtEnd;

    private enum Place
    {
        BeforeField,
        InField,
        InQuotes,
        BehindQuote,
    }

    /// <summary>Whether a field stands for a record that was too long.</summary>
    /// <param name="field">The first field of a record.</param>
    /// <param name="lineBreaks">How many line breaks the record has.</param>
    public bool IsTooLong(ReadOnlySpan<byte> field, out long lineBreaks)
    {
        lineBreaks = 0;
        return field.StartsWith(_marker)
            && System.Buffers.Text.Utf8Parser.TryParse(field[_marker.Length..], out lineBreaks, out _);
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_ready.IsEmpty && !_isAtEnd)
            await FillAsync(cancellationToken);
        var count = Math.Min(buffer.Length, _ready.Length);
        _ready[..count].CopyTo(buffer);
        _ready = _ready[count..];
        return count;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        _passed.ResetWrittenCount();
        var read = await input.ReadAsync(cancellationToken);
        foreach (var segment in read.Buffer)
            Take(segment.Span);
        input.AdvanceTo(read.Buffer.End);
        if (read.IsCompleted)
        {
            _isAtEnd = true;
            Pass(hasEnd: false);
        }

        _ready = _passed.WrittenMemory;
    }

    private void Take(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var length = LengthToEnd(text, out var isEnd);
            Keep(text[..length], isEnd);
            if (isEnd)
                Pass(hasEnd: true);
            text = text[length..];
        }
    }

    /// <summary>Bytes up to the end of the record, its line break included, or all of them.</summary>
    private int LengthToEnd(ReadOnlySpan<byte> text, out bool isEnd)
    {
        isEnd = false;
        for (var i = 0; i < text.Length;)
        {
            switch (_place)
            {
                case Place.BeforeField when text[i] is (byte)' ' or (byte)'\t':
                    i++;
                    break;
                case Place.BeforeField when text[i] == (byte)'"':
                    (_place, i) = (Place.InQuotes, i + 1);
                    break;
                case Place.BehindQuote when text[i] == (byte)'"':
                    (_place, i) = (Place.InQuotes, i + 1);
                    break;
                case Place.InQuotes:
                    if (text[i..].IndexOf((byte)'"') is >= 0 and var quote)
                        (_place, i) = (Place.BehindQuote, i + quote + 1);
                    else
                        return text.Length;
                    break;
                default:
                    _place = Place.InField;
                    var end = text[i..].IndexOfAny((byte)separator, (byte)'\n', (byte)'\r');
                    if (end < 0)
                        return text.Length;
                    (_place, i) = (Place.BeforeField, i + end + 1);
                    if (text[i - 1] == (byte)separator)
                        break;
                    (isEnd, _end) = (true, text[i - 1]);
                    return i;
            }
        }

        return text.Length;
    }

    private void Keep(ReadOnlySpan<byte> text, bool isEnd)
    {
        _lineBreaks += text.Count((byte)'\n');
        _isTooLong |= _record.WrittenCount + text.Length - (isEnd ? 1 : 0) > maxBytes;
        if (_isTooLong)
            _record.ResetWrittenCount();
        else
            _record.Write(text);
    }

    private void Pass(bool hasEnd)
    {
        if (_isTooLong)
            PassStandIn(hasEnd);
        else
            _passed.Write(_record.WrittenSpan);
        _record.ResetWrittenCount();
        (_lineBreaks, _isTooLong) = (0, false);
    }

    private void PassStandIn(bool hasEnd)
    {
        var lineBreaks = _lineBreaks - (hasEnd && _end == (byte)'\n' ? 1 : 0);
        var inner = (int)Math.Min(lineBreaks, (2L * maxBytes) + 1);
        _passed.Write("\""u8);
        _passed.Write(_marker);
        _passed.Write(Encoding.ASCII.GetBytes(lineBreaks.ToString(CultureInfo.InvariantCulture)));
        _passed.GetSpan(inner)[..inner].Fill((byte)'\n');
        _passed.Advance(inner);

        // A quotation mark that is still open stays open, for the reader to find.
        if (_place != Place.InQuotes)
            _passed.Write("\""u8);
        if (hasEnd)
            _passed.Write([_end]);
    }
}
