using System.Buffers.Text;
using System.Text.Json;

namespace DrugResponse.Storage.Tables;

/// <summary>
/// Reads rows from the JSON of the Table service with minimal metadata. A reader keeps the property names it has met, so that a page of
/// like rows has each name once. Not thread-safe; one per response.
/// </summary>
/// <typeparam name="T">What a row becomes.</typeparam>
internal sealed class TableEntityReader<T>
    where T : class, IDictionary<string, object>, new()
{
    private const string TypeSuffix = "@odata.type";
    private readonly List<string> _names = [];

    private enum EdmType
    {
        FromJson,
        Int64,
        Double,
        DateTime,
        Guid,
        Binary,
    }

    /// <summary>Reads the answer to a point read: one object.</summary>
    public T ReadEntity(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        return ReadEntity(ref json);
    }

    /// <summary>Reads the answer to a query: an object whose <c>value</c> is the list of rows.</summary>
    public List<T> ReadPage(ReadOnlySpan<byte> body)
    {
        var rows = new List<T>();
        var json = new Utf8JsonReader(body);
        json.Read();
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isList = json.ValueTextEquals("value"u8);
            json.Read();
            if (!isList)
            {
                json.Skip();
                continue;
            }

            Expect(ref json, JsonTokenType.StartArray);
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                rows.Add(ReadEntity(ref json));
        }

        return rows;
    }

    private T ReadEntity(ref Utf8JsonReader json)
    {
        Expect(ref json, JsonTokenType.StartObject);
        var entity = new T();
        var type = EdmType.FromJson;
        for (var position = 0; json.Read() && json.TokenType == JsonTokenType.PropertyName; position++)
        {
            var name = ReadName(ref json, position);
            json.Read();
            if (name.EndsWith(TypeSuffix, StringComparison.Ordinal))
            {
                // OData puts the annotation directly before the property.
                type = ReadType(ref json);
                continue;
            }

            if (json.TokenType != JsonTokenType.Null && IsProperty(name))
                entity[name] = ReadValue(ref json, name == TableEntity.TimestampName ? EdmType.DateTime : type);
            type = EdmType.FromJson;
        }

        return entity;
    }

    private static bool IsProperty(string name) =>
        !name.StartsWith("odata.", StringComparison.Ordinal) || name == TableEntity.ETagName;

    private string ReadName(ref Utf8JsonReader json, int position)
    {
        if (position < _names.Count && json.ValueTextEquals(_names[position]))
            return _names[position];

        var name = json.GetString()!;
        if (position < _names.Count)
            _names[position] = name;
        else
            _names.Add(name);

        return name;
    }

    private static EdmType ReadType(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("Edm.Binary"u8))
            return EdmType.Binary;
        if (json.ValueTextEquals("Edm.Int64"u8))
            return EdmType.Int64;
        if (json.ValueTextEquals("Edm.DateTime"u8))
            return EdmType.DateTime;
        if (json.ValueTextEquals("Edm.Double"u8))
            return EdmType.Double;

        return json.ValueTextEquals("Edm.Guid"u8) ? EdmType.Guid : EdmType.FromJson;
    }

    private static object ReadValue(ref Utf8JsonReader json, EdmType type) => type switch
    {
        EdmType.Int64 => ReadInt64(ref json),
        EdmType.Double => ReadDouble(ref json),
        EdmType.DateTime => json.GetDateTimeOffset(),
        EdmType.Guid => json.GetGuid(),
        EdmType.Binary => json.GetBytesFromBase64(),
        _ => json.TokenType switch
        {
            JsonTokenType.String => json.GetString()!,
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Number => json.TryGetInt32(out var number) ? (object)number : json.GetDouble(),
            var token => throw new JsonException($"The Table service sent a property that is a {token}."),
        },
    };

    private static long ReadInt64(ref Utf8JsonReader json) =>
        Utf8Parser.TryParse(json.ValueSpan, out long number, out var length) && length == json.ValueSpan.Length
            ? number
            : throw new JsonException("The Table service sent an Edm.Int64 that is no 64-bit number.");

    private static double ReadDouble(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Number)
            return json.GetDouble();
        if (json.ValueTextEquals("NaN"u8))
            return double.NaN;
        if (json.ValueTextEquals("Infinity"u8))
            return double.PositiveInfinity;

        return json.ValueTextEquals("-Infinity"u8)
            ? double.NegativeInfinity
            : throw new JsonException("The Table service sent an Edm.Double that is no number.");
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType expected)
    {
        if (json.TokenType != expected)
            throw new JsonException($"The Table service sent a {json.TokenType} where a {expected} belongs.");
    }
}
