using System.Buffers;
using System.Net.Mime;
using System.Text.Json;

namespace DrugResponse.Functions.Hosting.Triggers;

/// <summary>
/// The answer to an invocation: <c>{ "Outputs": {}, "Logs": [], "ReturnValue": null }</c>. The Functions host takes 2xx for
/// success and anything else for failure; to an empty body, to 204 or to <c>null</c> it would wait until the function
/// times out, and then kill the process. So every way out of a trigger function writes this object.
/// </summary>
internal static class TriggerAnswer
{
    /// <summary>Writes the answer.</summary>
    /// <param name="response">The response.</param>
    /// <param name="statusCode">200, or what went wrong.</param>
    /// <param name="log">A line for the function's log, without patient data; null for none.</param>
    /// <returns>When it is written.</returns>
    public static async Task WriteAsync(HttpResponse response, int statusCode, string? log)
    {
        var body = Body(log);
        response.StatusCode = statusCode;
        response.ContentType = MediaTypeNames.Application.Json;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }

    private static ReadOnlyMemory<byte> Body(string? log)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("Outputs");
        json.WriteEndObject();
        json.WriteStartArray("Logs");
        if (log is not null)
            json.WriteStringValue(log);
        json.WriteEndArray();
        json.WriteNull("ReturnValue");
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
