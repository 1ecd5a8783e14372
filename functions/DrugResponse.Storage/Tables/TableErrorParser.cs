using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace DrugResponse.Storage.Tables;

/// <summary>
/// Reads the Table service's error body, <c>{"odata.error":{"code":"...","message":{"lang":"en-US","value":"..."}}}</c>, which Azure.Core
/// does not know.
/// </summary>
internal sealed class TableErrorParser : RequestFailedDetailsParser
{
    public override bool TryParse(Response response, [NotNullWhen(true)] out ResponseError? error, out IDictionary<string, string>? data)
    {
        data = null;
        error = Parse(response.ContentStream is null ? default : response.Content.ToMemory());
        return error is not null;
    }

    /// <summary>Reads an error body; <see langword="null"/> if it is none.</summary>
    public static ResponseError? Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return null;

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("odata.error", out var details)
                && details.ValueKind == JsonValueKind.Object
                ? new ResponseError(GetString(details, "code"), GetMessage(details))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? GetMessage(JsonElement details) =>
        details.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object ? GetString(message, "value") : null;

    private static string? GetString(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
