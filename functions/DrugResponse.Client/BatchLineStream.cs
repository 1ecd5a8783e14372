using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DrugResponse.Client;

/// <summary>Reads the lines of a batch one by one, and takes a broken connection up where it broke.</summary>
internal static class BatchLineStream
{
    private const int MaxBreaksInARow = 3;

    public static async IAsyncEnumerable<TLine> ReadAsync<TLine>(
        ApiConnection connection,
        string path,
        long afterLine,
        JsonTypeInfo<TLine> type,
        Func<TLine, long> lineOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var breaks = 0; breaks <= MaxBreaksInARow; breaks++)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{path}?format=ndjson&after={afterLine}"));
            using var response = await connection.OpenAsync(request, cancellationToken).ConfigureAwait(false);
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using var lines = JsonSerializer.DeserializeAsyncEnumerable(stream, type, topLevelValues: true, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            var last = breaks == MaxBreaksInARow;
            while (true)
            {
                if (await MoveAsync(lines, last).ConfigureAwait(false) is not { } moved)
                    break;
                if (!moved)
                    yield break;
                if (lines.Current is not { } line)
                    throw new JsonException("The service sent a line that is null.");
                afterLine = lineOf(line);
                breaks = 0;
                last = false;
                yield return line;
            }
        }
    }

    // Null when the connection broke. A line that was cut off is no JSON, so that shows as either exception.
    private static async ValueTask<bool?> MoveAsync<TLine>(IAsyncEnumerator<TLine?> lines, bool last)
    {
        try
        {
            return await lines.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception broken) when (!last && broken is HttpIOException or IOException)
        {
            return null;
        }
    }
}
