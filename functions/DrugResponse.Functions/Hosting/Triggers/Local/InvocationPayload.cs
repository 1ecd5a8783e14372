using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Azure.Storage.Queues.Models;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>
/// Writes the JSON that the Functions host posts to a custom handler. The host writes bytes as base64, points in time as
/// ISO texts cut to whole seconds, and every other simple value as a JSON text inside a JSON string.
/// </summary>
internal static class InvocationPayload
{
    private const string NoExpiration = "9999-12-31T23:59:59+00:00";

    /// <summary>The payload of a queue trigger with <c>dataType: binary</c>.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="binding">The trigger binding's name.</param>
    /// <param name="message">The message as the queue gave it.</param>
    /// <param name="body">Its body, after base64.</param>
    /// <param name="now">The present.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static ReadOnlyMemory<byte> OfQueueMessage(
        string function, string binding, QueueMessage message, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + body.Length * 4 / 3);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();

        json.WriteStartObject("Data");
        json.WriteBase64String(binding, body);
        json.WriteEndObject();

        json.WriteStartObject("Metadata");
        json.WriteString("DequeueCount", message.DequeueCount.ToString(CultureInfo.InvariantCulture));
        json.WriteString("ExpirationTime", Seconds(message.ExpiresOn) ?? NoExpiration);
        json.WriteString("Id", Quoted(message.MessageId));
        if (Seconds(message.InsertedOn) is { } inserted)
            json.WriteString("InsertionTime", inserted);
        if (Seconds(message.NextVisibleOn) is { } nextVisible)
            json.WriteString("NextVisibleTime", nextVisible);
        json.WriteString("PopReceipt", Quoted(message.PopReceipt));
        WriteSystem(json, function, now);
        json.WriteEndObject();

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The payload of a timer trigger without a monitor.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="binding">The trigger binding's name.</param>
    /// <param name="now">The present.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static ReadOnlyMemory<byte> OfTimerTick(string function, string binding, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();

        json.WriteStartObject("Data");
        json.WriteStartObject(binding);
        json.WriteStartObject("Schedule");
        json.WriteBoolean("AdjustForDST", true);
        json.WriteEndObject();
        json.WriteNull("ScheduleStatus");
        json.WriteBoolean("IsPastDue", false);
        json.WriteEndObject();
        json.WriteEndObject();

        json.WriteStartObject("Metadata");
        WriteSystem(json, function, now);
        json.WriteEndObject();

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteSystem(Utf8JsonWriter json, string function, DateTimeOffset now)
    {
        json.WriteStartObject("sys");
        json.WriteString("MethodName", function);
        json.WriteString("UtcNow", now.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("RandGuid", Guid.NewGuid().ToString());
        json.WriteEndObject();
    }

    private static string? Seconds(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
