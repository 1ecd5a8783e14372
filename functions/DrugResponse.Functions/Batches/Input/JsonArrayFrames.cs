using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>
/// Cuts a JSON array into its elements by brackets and quotes alone, so that an element that is malformed otherwise is a fault of its row
/// and not of the whole input. What stands around the elements must be right, and within them every bracket and quote must be closed: one
/// that is not takes the rest of the input for its element.
/// </summary>
internal static class JsonArrayFrames
{
    /// <summary>Reads the rows.</summary>
    /// <param name="input">The text.</param>
    /// <param name="maxRowBytes">Most bytes of a row.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputRefusedException">The text is no array, ends before it is closed, or goes on behind it.</exception>
    public static async IAsyncEnumerable<RowFrame> ReadAsync(
        PipeReader input, int maxRowBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var scanner = new JsonArrayScanner(maxRowBytes);
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            foreach (var segment in read.Buffer)
            {
                for (var rest = segment; scanner.TakeElement(ref rest);)
                    yield return scanner.Element;
            }

            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        if (!scanner.IsComplete)
            throw new InputRefusedException(ProblemResponses.MalformedJson($"The array is not closed: {scanner.DescribeEnd()}."));
    }
}

/// <summary>Where in an array the text is, byte by byte. Not thread-safe.</summary>
/// <param name="maxRowBytes">Most bytes of an element that are kept.</param>
internal sealed class JsonArrayScanner(int maxRowBytes)
{
    private readonly ArrayBufferWriter<byte> _element = new();
    private Place _place = Place.BeforeArray;
    private int _depth;
    private bool _isInString;
    private bool _isEscaped;
    private bool _isTooLong;
    private long _number;
    private long _elementAt;
    private long _position;

    private enum Place
    {
        BeforeArray,
        BeforeFirstElement,
        BeforeElement,
        InElement,
        AfterArray,
    }

    /// <summary>Whether the array was closed.</summary>
    public bool IsComplete => _place == Place.AfterArray;

    /// <summary>The element taken last; its bytes are valid until the next one is taken.</summary>
    public RowFrame Element => _isTooLong ? RowFrame.TooLong(_number, maxRowBytes) : new RowFrame(_number, _element.WrittenMemory);

    /// <summary>Says where in the array the text stands, for an end that comes too early.</summary>
    public string DescribeEnd() => _place switch
    {
        Place.InElement => FormattableString.Invariant(
            $"the input ends within element {_number}, which begins at byte {_elementAt}; a bracket or quotation mark in it is not closed"),
        Place.BeforeElement => FormattableString.Invariant($"the input ends behind element {_number}"),
        _ => "the input ends before its first element",
    };

    /// <summary>Goes on to the end of an element.</summary>
    /// <param name="text">More text; what was not needed is left.</param>
    /// <returns>Whether an element ended; else all text was used up.</returns>
    /// <exception cref="InputRefusedException">Something stands where it must not.</exception>
    public bool TakeElement(ref ReadOnlyMemory<byte> text)
    {
        var span = text.Span;
        var i = 0;
        while (i < span.Length)
        {
            if (_place != Place.InElement)
            {
                i += PassBetween(span[i], _position + i + 1);
                continue;
            }

            var length = LengthOfElement(span[i..]);
            Keep(span.Slice(i, length));
            i += length;
            if (i == span.Length)
                break;

            _place = span[i] == (byte)']' ? Place.AfterArray : Place.BeforeElement;
            Use(ref text, i + 1);
            return true;
        }

        Use(ref text, span.Length);
        return false;
    }

    private void Use(ref ReadOnlyMemory<byte> text, int count)
    {
        text = text[count..];
        _position += count;
    }

    /// <summary>Passes over one byte outside of elements; none when an element begins with it.</summary>
    private int PassBetween(byte symbol, long position)
    {
        switch (_place)
        {
            case var _ when symbol is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                return 1;
            case Place.BeforeArray when symbol == (byte)'[':
                _place = Place.BeforeFirstElement;
                return 1;
            case Place.BeforeFirstElement when symbol == (byte)']':
                _place = Place.AfterArray;
                return 1;
            case Place.BeforeFirstElement or Place.BeforeElement when symbol is not ((byte)',' or (byte)']' or (byte)'}'):
                (_place, _depth, _isTooLong) = (Place.InElement, 0, false);
                _number++;
                _elementAt = position;
                _element.ResetWrittenCount();
                return 0;
            default:
                throw new InputRefusedException(ProblemResponses.MalformedJson(Describe(position)));
        }
    }

    private string Describe(long position) => _place switch
    {
        Place.BeforeArray => "The input must be a JSON array: it must begin with [.",
        Place.AfterArray => FormattableString.Invariant($"Byte {position} stands behind the end of the array."),
        _ => FormattableString.Invariant($"An element of the array is missing at byte {position}."),
    };

    /// <summary>Bytes up to the comma or bracket that ends the element, or all of them.</summary>
    private int LengthOfElement(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (_isInString)
                PassInString(text[i]);
            else if (_depth == 0 && text[i] is ((byte)',' or (byte)']'))
                return i;
            else
                PassOutside(text[i]);
        }

        return text.Length;
    }

    private void PassInString(byte symbol)
    {
        if (_isEscaped)
            _isEscaped = false;
        else if (symbol == (byte)'\\')
            _isEscaped = true;
        else if (symbol == (byte)'"')
            _isInString = false;
    }

    private void PassOutside(byte symbol)
    {
        if (symbol == (byte)'"')
            _isInString = true;
        else if (symbol is (byte)'{' or (byte)'[')
            _depth++;
        else if (symbol is (byte)'}' or (byte)']')
            _depth = Math.Max(_depth - 1, 0);
    }

    private void Keep(ReadOnlySpan<byte> text)
    {
        _isTooLong |= _element.WrittenCount + text.Length > maxRowBytes;
        if (!_isTooLong)
            _element.Write(text);
    }
}
