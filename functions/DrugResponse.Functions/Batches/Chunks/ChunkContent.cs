using System.Text.Json;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Hosting;

namespace DrugResponse.Functions.Batches.Chunks;

/// <summary>The rows of a chunk, as <see cref="ChunkWriter"/> wrote them.</summary>
internal sealed class ChunkContent : IDisposable
{
    // The array of rows and that of a row stand around a body.
    private const int MaxDepth = RequestLimits.MaxJsonDepth + 2;

    private readonly JsonDocument _document;

    private ChunkContent(JsonDocument document) => _document = document;

    /// <summary>Reads a content.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static ChunkContent Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            return new ChunkContent(JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = MaxDepth }));
        }
        catch (JsonException)
        {
            throw new InvalidDataException("The content of a chunk cannot be read.");
        }
    }

    /// <summary>Some of the rows, in order.</summary>
    /// <param name="from">The first one, counted from 0.</param>
    /// <param name="to">The row before which to stop.</param>
    public IEnumerable<ChunkRow> Rows(int from, int to) => _document.RootElement.EnumerateArray()
        .Take(from..to)
        .Select(static row => new ChunkRow(row[0].GetInt64(), row[1].GetString(), row[2], row[3]));

    /// <inheritdoc />
    public void Dispose() => _document.Dispose();
}

/// <summary>A row of a chunk. Valid as long as its content.</summary>
/// <param name="Line">Where it stands in the input.</param>
/// <param name="RowId">Its own id, or null.</param>
/// <param name="Errors">What was found wrong when it was cut out: pointer to messages; or JSON null.</param>
/// <param name="Body">The prediction body, or JSON null.</param>
internal readonly record struct ChunkRow(long Line, string? RowId, JsonElement Errors, JsonElement Body)
{
    /// <summary>Whether there is a body to score.</summary>
    public bool HasBody => Body.ValueKind != JsonValueKind.Null;

    /// <summary>Adds what was found wrong before to a list.</summary>
    public void AddErrorsTo(FaultList faults)
    {
        if (Errors.ValueKind == JsonValueKind.Null)
            return;
        foreach (var error in Errors.EnumerateObject())
        {
            foreach (var message in error.Value.EnumerateArray())
                faults.Add(error.Name, message.GetString()!);
        }
    }
}
