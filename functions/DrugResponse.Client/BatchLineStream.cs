using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client;

/// <summary>Reads the lines of a batch one by one, and takes a broken connection up where it broke.</summary>
internal static class BatchLineStream
{
    public static async IAsyncEnumerable<TLine> ReadAsync<TLine>(
        ApiConnection connection,
        string path,
        long afterLine,
        JsonTypeInfo<TLine> type,
        Func<TLine, long> lineOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var perseverance = connection.Persevere();
        while (true)
        {
            using var response = await connection
                .OpenLinesAsync(path, BatchFormats.NdJson, afterLine, perseverance, cancellationToken).ConfigureAwait(false);
            var stream = await connection.ReadLinesAsync(response, cancellationToken).ConfigureAwait(false);
            await using var lines = JsonSerializer.DeserializeAsyncEnumerable(stream, type, topLevelValues: true, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            Exception? broken;
            while (true)
            {
                (var moved, broken) = await MoveAsync(lines, response, perseverance, cancellationToken).ConfigureAwait(false);
                if (broken is not null)
                    break;
                if (!moved)
                    yield break;
                if (lines.Current is not { } line)
                    throw Foreign(response, cause: null);
                afterLine = lineOf(line);
                perseverance.Succeed();
                yield return line;
            }

            await perseverance.BreakAsync(broken, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<(bool Moved, Exception? Broken)> MoveAsync<TLine>(
        IAsyncEnumerator<TLine?> lines, HttpResponseMessage response, Perseverance perseverance, CancellationToken cancellationToken)
    {
        try
        {
            return (await lines.MoveNextAsync().ConfigureAwait(false), null);
        }
        catch (Exception broken) when (perseverance.IsBreak(broken, cancellationToken))
        {
            return (false, broken);
        }
        catch (JsonException foreign)
        {
            throw Foreign(response, foreign);
        }
    }

    private static DrugResponseApiException Foreign(HttpResponseMessage response, JsonException? cause) =>
        new(response.StatusCode, response.Content.Headers.ContentType?.MediaType, cause);
}
