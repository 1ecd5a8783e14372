using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Functions.Batches.Chunks;

/// <summary>
/// Writes what came of a row, in the very form in which <c>/results</c> and <c>/errors</c> give it out. Not thread-safe.
/// </summary>
internal sealed class BatchLineWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;

    public BatchLineWriter() =>
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Writes a line of <c>/results</c>.</summary>
    public ReadOnlyMemory<byte> WriteResult(string? rowId, long line, PredictionResponse prediction)
    {
        Begin(rowId, line);
        _json.WritePropertyName("prediction"u8);
        PredictionResponseWriter.Write(_json, prediction);
        return End();
    }

    /// <summary>Writes a line of <c>/errors</c>.</summary>
    public ReadOnlyMemory<byte> WriteError(string? rowId, long line, IReadOnlyDictionary<string, IReadOnlyList<string>> errors)
    {
        Begin(rowId, line);
        _json.WriteStartObject("errors"u8);
        foreach (var (pointer, messages) in errors)
        {
            _json.WriteStartArray(pointer);
            foreach (var message in messages)
                _json.WriteStringValue(message);
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        return End();
    }

    /// <inheritdoc />
    public void Dispose() => _json.Dispose();

    private void Begin(string? rowId, long line)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("rowId"u8, rowId);
        _json.WriteNumber("line"u8, line);
    }

    private ReadOnlyMemory<byte> End()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _line.WrittenSpan.ToArray();
    }
}
