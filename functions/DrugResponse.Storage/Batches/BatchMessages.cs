using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DrugResponse.Storage.Batches;

/// <summary>A message of the queue <c>batch-chunks</c>: score these rows of this chunk. It carries no patient data.</summary>
public sealed record BatchChunkMessage
{
    /// <summary>Version of this shape.</summary>
    [JsonPropertyName("v")]
    public int Version { get; init; } = 1;

    /// <summary>Whose batch.</summary>
    public required string Tenant { get; init; }

    /// <summary>The batch.</summary>
    public required string BatchId { get; init; }

    /// <summary>Name of the input's blob.</summary>
    public required string Blob { get; init; }

    /// <summary>The chunk.</summary>
    public required BatchChunk Chunk { get; init; }

    /// <summary>The first row to score, counted in the chunk from 0.</summary>
    public int From { get; init; }

    /// <summary>The row before which to stop, counted in the chunk.</summary>
    public required int To { get; init; }

    /// <summary>The span that sent the message, in W3C form; null when there was none.</summary>
    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }

    /// <summary>Which part of its chunk this is.</summary>
    [JsonIgnore]
    public BatchPart Part => new(Chunk.Number, From, To);

    /// <summary>Reads a message.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="message">The message.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out BatchChunkMessage? message)
    {
        message = MessageJson.Parse(body, BatchJson.Default.BatchChunkMessage);
        return message is { Version: 1, From: >= 0 }
            && message.From < message.To
            && message.To <= message.Chunk.Rows
            && TenantName.TryParse(message.Tenant, out _)
            && Batches.BatchId.TryParse(message.BatchId, out _);
    }

    internal BinaryData ToBinary() => new(JsonSerializer.SerializeToUtf8Bytes(this, BatchJson.Default.BatchChunkMessage));
}

/// <summary>A message of the queue <c>batch-control</c>: look after this batch.</summary>
public sealed record BatchControlMessage
{
    /// <summary>Version of this shape.</summary>
    [JsonPropertyName("v")]
    public int Version { get; init; } = 1;

    /// <summary>Whose batch.</summary>
    public required string Tenant { get; init; }

    /// <summary>The batch.</summary>
    public required string BatchId { get; init; }

    /// <summary>The message counts only while the batch names this token.</summary>
    public required string Token { get; init; }

    /// <summary>The span that sent the message, in W3C form; null when there was none.</summary>
    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }

    /// <summary>Reads a message.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="message">The message.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out BatchControlMessage? message)
    {
        message = MessageJson.Parse(body, BatchJson.Default.BatchControlMessage);
        return message is { Version: 1 } && TenantName.TryParse(message.Tenant, out _) && Batches.BatchId.TryParse(message.BatchId, out _);
    }

    internal BinaryData ToBinary() => new(JsonSerializer.SerializeToUtf8Bytes(this, BatchJson.Default.BatchControlMessage));
}

internal static class MessageJson
{
    public static T? Parse<T>(ReadOnlySpan<byte> body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
