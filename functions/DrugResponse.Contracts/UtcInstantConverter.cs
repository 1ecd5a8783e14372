using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DrugResponse.Contracts;

/// <summary>Writes an instant in UTC as RFC 3339 with <c>Z</c>; reads any offset.</summary>
internal sealed class UtcInstantConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(TextOf(value));

    /// <summary>The text of an instant.</summary>
    public static string TextOf(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
