using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Functions.Batches.Chunks;

/// <summary>
/// Writes the content of a chunk: a JSON array of rows, each <c>[line, rowId, errors, body]</c>, where what is absent is null.
/// <see cref="ChunkContent"/> reads it. Not thread-safe.
/// </summary>
internal sealed class ChunkWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _content = new();
    private readonly Utf8JsonWriter _json;

    public ChunkWriter()
    {
        _json = new Utf8JsonWriter(_content, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        Begin();
    }

    /// <summary>How many rows it has.</summary>
    public int Rows { get; private set; }

    /// <summary>How many bytes it has, or nearly so.</summary>
    public long Bytes => _content.WrittenCount + _json.BytesPending;

    /// <summary>Adds a row.</summary>
    /// <param name="line">Where it stands in the input.</param>
    /// <param name="row">The row.</param>
    /// <param name="fault">What is wrong with it as a whole; its body is then left out.</param>
    public void Add(long line, BatchRow row, string? fault)
    {
        if (fault is not null)
            row.Faults.Add("", fault);
        _json.WriteStartArray();
        _json.WriteNumberValue(line);
        _json.WriteStringValue(row.RowId);
        WriteErrors(row.Faults);
        if (fault is null && !row.Body.IsEmpty)
            _json.WriteRawValue(row.Body.Span, skipInputValidation: true);
        else
            _json.WriteNullValue();
        _json.WriteEndArray();
        Rows++;
    }

    /// <summary>Ends the content and gives it away, valid until the next row is added to the new one.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        _json.WriteEndArray();
        _json.Flush();
        return _content.WrittenMemory;
    }

    /// <summary>Begins a new content.</summary>
    public void Begin()
    {
        _content.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartArray();
        Rows = 0;
    }

    /// <inheritdoc />
    public void Dispose() => _json.Dispose();

    private void WriteErrors(FaultList faults)
    {
        if (faults.IsEmpty)
        {
            _json.WriteNullValue();
            return;
        }

        _json.WriteStartObject();
        foreach (var (pointer, messages) in faults.ToErrors())
        {
            _json.WriteStartArray(pointer);
            foreach (var message in messages)
                _json.WriteStringValue(message);
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
    }
}
