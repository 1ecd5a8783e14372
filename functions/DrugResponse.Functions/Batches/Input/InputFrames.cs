using System.Runtime.CompilerServices;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>Cuts an input of any form into rows, as it streams in: memory does not grow with it.</summary>
internal static class InputFrames
{
    /// <summary>Reads the rows.</summary>
    /// <param name="input">The input as sent, plain or gzip.</param>
    /// <param name="format">One of <see cref="BatchFormats"/>.</param>
    /// <param name="maxRowBytes">Most bytes of a row.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputRefusedException">The input cannot become a batch.</exception>
    public static async IAsyncEnumerable<RowFrame> ReadAsync(
        Stream input, string format, int maxRowBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var frames = Frames().GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(frames))
            yield return frames.Current;

        async IAsyncEnumerable<RowFrame> Frames()
        {
            var text = await InputText.OpenAsync(input, cancellationToken);
            var rows = format switch
            {
                BatchFormats.NdJson => NdJsonFrames.ReadAsync(text, maxRowBytes, cancellationToken),
                BatchFormats.Csv => CsvFrames.ReadAsync(text, maxRowBytes, cancellationToken),
                BatchFormats.Json => JsonArrayFrames.ReadAsync(text, maxRowBytes, cancellationToken),
                _ => throw new ArgumentException($"There is no format {format}.", nameof(format)),
            };
            await foreach (var row in rows)
                yield return row;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<RowFrame> frames)
    {
        try
        {
            return await frames.MoveNextAsync();
        }
        catch (InvalidDataException)
        {
            throw new InputRefusedException(ProblemResponses.UnreadableInput("The gzip data is damaged, or its end is missing."));
        }
    }
}
