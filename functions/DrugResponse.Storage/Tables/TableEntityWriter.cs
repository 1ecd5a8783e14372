using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DrugResponse.Storage.Tables;

/// <summary>
/// Writes a row as the JSON of the Table service: each value whose type JSON does not tell is preceded by its type,
/// <c>"n@odata.type":"Edm.Int64","n":"1"</c>.
/// </summary>
internal static class TableEntityWriter
{
    /// <summary>A text has at most 64 KiB as UTF-16.</summary>
    public const int MaxStringLength = 32 * 1024;

    /// <summary>Bytes are at most 64 KiB before base64.</summary>
    public const int MaxBinaryLength = 64 * 1024;

    private const int MaxNameLength = 255;
    private const string TypeSuffix = "@odata.type";

    // The service's first date, https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model.
    private static readonly DateTimeOffset FirstDate = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonWriterOptions Options = new()
    {
        // ASCII only: Azurite decodes a request body piece by piece as it arrives, and damages a character that two pieces share.
        Encoder = JavaScriptEncoder.Default,
        SkipValidation = true,
    };

    /// <summary>Makes a writer for <see cref="Write"/>.</summary>
    public static Utf8JsonWriter CreateJson(IBufferWriter<byte> output) => new(output, Options);

    /// <summary>Writes one row.</summary>
    /// <exception cref="ArgumentException">
    /// A key or a property breaks a limit of the service. The message names the property, never its value.
    /// </exception>
    public static void Write(Utf8JsonWriter json, TableEntity entity)
    {
        TableKeys.Validate(entity.PartitionKey);
        TableKeys.Validate(entity.RowKey);
        json.WriteStartObject();
        var properties = entity.EnumerateProperties();
        while (properties.MoveNext())
        {
            var (name, value) = properties.Current;
            if (value is not null && name is not (TableEntity.TimestampName or TableEntity.ETagName))
                WriteProperty(json, name, value);
        }

        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        if (name.Length is 0 or > MaxNameLength)
            throw new ArgumentException($"The name of a property has 1 to {MaxNameLength} characters; '{name}' has {name.Length}.");

        switch (value)
        {
            case string text:
                CheckLength(name, text.Length, MaxStringLength, "characters");
                json.WriteString(name, text);
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                WriteInt64(json, name, number);
                break;
            case double number:
                WriteDouble(json, name, number);
                break;
            case DateTimeOffset instant:
                WriteDateTime(json, name, instant);
                break;
            case Guid guid:
                WriteType(json, name, "Edm.Guid"u8);
                json.WriteString(name, guid);
                break;
            case byte[] bytes:
                WriteBinary(json, name, bytes);
                break;
            case BinaryData bytes:
                WriteBinary(json, name, bytes.ToMemory().Span);
                break;
            default:
                throw new ArgumentException($"The property {name} has the type {value.GetType()}, which table storage does not keep.");
        }
    }

    private static void WriteInt64(Utf8JsonWriter json, string name, long number)
    {
        WriteType(json, name, "Edm.Int64"u8);
        Span<char> text = stackalloc char[20];
        number.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    private static void WriteDouble(Utf8JsonWriter json, string name, double number)
    {
        WriteType(json, name, "Edm.Double"u8);
        if (double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteString(name, double.IsNaN(number) ? "NaN"u8 : number > 0 ? "Infinity"u8 : "-Infinity"u8);
    }

    private static void WriteDateTime(Utf8JsonWriter json, string name, DateTimeOffset instant)
    {
        if (instant < FirstDate)
            throw new ArgumentException($"The property {name} lies before 1601-01-01, where table storage begins.");

        WriteType(json, name, "Edm.DateTime"u8);
        Span<char> text = stackalloc char[33];
        instant.UtcDateTime.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    private static void WriteBinary(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes)
    {
        CheckLength(name, bytes.Length, MaxBinaryLength, "bytes");
        WriteType(json, name, "Edm.Binary"u8);
        json.WriteBase64String(name, bytes);
    }

    private static void WriteType(Utf8JsonWriter json, string name, ReadOnlySpan<byte> type)
    {
        Span<char> annotation = stackalloc char[MaxNameLength + TypeSuffix.Length];
        name.CopyTo(annotation);
        TypeSuffix.CopyTo(annotation[name.Length..]);
        json.WritePropertyName(annotation[..(name.Length + TypeSuffix.Length)]);
        json.WriteStringValue(type);
    }

    private static void CheckLength(string name, int length, int limit, string unit)
    {
        if (length > limit)
            throw new ArgumentException($"The property {name} has {length} {unit}; table storage keeps at most {limit} in one property.");
    }
}
