using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DrugResponse.Functions.Hosting.Triggers;

/// <summary>
/// The JSON by which the Functions host hands an invocation to its custom handler:
/// <c>{ "Data": { "&lt;binding&gt;": … }, "Metadata": { … } }</c>.
/// </summary>
internal sealed class TriggerPayload : IDisposable
{
    private readonly JsonDocument _document;
    private readonly JsonElement _trigger;
    private readonly JsonElement _metadata;

    private TriggerPayload(JsonDocument document, JsonElement trigger, JsonElement metadata)
    {
        _document = document;
        _trigger = trigger;
        _metadata = metadata;
    }

    /// <summary>Reads a payload.</summary>
    /// <param name="body">The request body.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The payload, to be disposed after use.</returns>
    /// <exception cref="JsonException">The body is not JSON, or not of the shape above with exactly one entry in Data.</exception>
    public static async Task<TriggerPayload> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        try
        {
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object
                || !root.TryGetProperty("Data", out var data)
                || data.ValueKind is not JsonValueKind.Object
                || data.GetPropertyCount() != 1)
                throw new JsonException("The invocation must be a JSON object whose Data has one entry, that of the trigger.");

            root.TryGetProperty("Metadata", out var metadata);
            return new TriggerPayload(document, data.EnumerateObject().First().Value, metadata);
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    /// <summary>Reads the payload of a queue trigger.</summary>
    /// <param name="invocationId">The invocation's id.</param>
    /// <returns>The message, which stays valid when the payload is disposed.</returns>
    public QueueTriggerMessage ToQueueMessage(string? invocationId) => new(
        ReadBytes(_trigger),
        MetadataText("Id"),
        ReadCount(MetadataText("DequeueCount")),
        ReadTime(MetadataText("InsertionTime")),
        invocationId);

    /// <summary>Reads the payload of a timer trigger.</summary>
    /// <param name="invocationId">The invocation's id.</param>
    /// <returns>The tick.</returns>
    public TimerTick ToTimerTick(string? invocationId) => new(
        _trigger.ValueKind is JsonValueKind.Object
            && _trigger.TryGetProperty("IsPastDue", out var pastDue)
            && pastDue.ValueKind is JsonValueKind.True,
        invocationId);

    /// <inheritdoc />
    public void Dispose() => _document.Dispose();

    /// <summary>
    /// The bytes of a trigger value. Our definitions say <c>dataType: binary</c>, for which the host sends base64. Without it
    /// the host sends the text as a JSON string inside a JSON string, or a JSON object as it is; those cannot be taken for
    /// base64 and are read too, so that a definition changed by hand does not make the function blind.
    /// </summary>
    private static byte[] ReadBytes(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String)
            return Encoding.UTF8.GetBytes(value.GetRawText());

        if (value.TryGetBytesFromBase64(out var bytes))
            return bytes;

        var text = value.GetString()!;
        return Encoding.UTF8.GetBytes(Unquote(text) ?? text);
    }

    private static long? ReadCount(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>A metadata value as text. The host writes most of them as a JSON text inside a JSON string, some plainly.</summary>
    private string? MetadataText(string name)
    {
        if (_metadata.ValueKind is not JsonValueKind.Object || !_metadata.TryGetProperty(name, out var value))
            return null;

        return value.ValueKind switch
        {
            JsonValueKind.String => Unquote(value.GetString()!) ?? value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    private static string? Unquote(string text)
    {
        if (!text.StartsWith('"'))
            return null;

        try
        {
            using var inner = JsonDocument.Parse(text);
            return inner.RootElement.GetString();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
