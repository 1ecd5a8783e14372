using System.Globalization;
using System.Text.Json;

namespace DrugResponse.Contracts.Reading;

/// <summary>Reads single JSON values; a value that does not fit becomes a fault and null.</summary>
internal static class JsonScalars
{
    private static readonly string[] InstantFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static string? Text(JsonElement value, string pointer, FaultList faults, int maxLength, bool multiline = false)
    {
        if (value.ValueKind != JsonValueKind.String)
            return Refuse<string>(faults, pointer, $"Must be a string, not {Describe(value)}.");
        var text = Decode(value);
        if (text is null)
            return Refuse<string>(faults, pointer, "Holds an incomplete surrogate pair, which is not valid Unicode.");
        if (text.Length > maxLength)
            return Refuse<string>(faults, pointer, $"Must have at most {maxLength} characters; it has {text.Length}.");
        if (!multiline && HoldsDisallowed(text))
            return Refuse<string>(faults, pointer, "Must not hold control or text-direction characters.");
        if (!multiline && string.IsNullOrWhiteSpace(text))
            return Refuse<string>(faults, pointer, "Must not be empty.");
        return multiline ? text : text.Trim();
    }

    public static string? Token(JsonElement value, string pointer, FaultList faults, int maxLength)
    {
        if (Text(value, pointer, faults, maxLength) is not { } text)
            return null;
        return text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? text
            : Refuse<string>(faults, pointer, "Must hold lower-case letters, digits and hyphens only.");
    }

    public static double? Number(JsonElement value, string pointer, FaultList faults, double min, double max)
    {
        if (!IsNumber(value, pointer, faults, out var number))
            return null;
        return number >= min && number <= max
            ? number
            : RefuseValue<double>(faults, pointer, string.Create(CultureInfo.InvariantCulture, $"Must be from {min} to {max}."));
    }

    /// <summary>A number above 0.</summary>
    public static double? Positive(JsonElement value, string pointer, FaultList faults, double max)
    {
        if (!IsNumber(value, pointer, faults, out var number))
            return null;
        return number > 0 && number <= max
            ? number
            : RefuseValue<double>(faults, pointer, string.Create(CultureInfo.InvariantCulture, $"Must be above 0, up to {max}."));
    }

    /// <summary>A number whose range is not known here.</summary>
    public static double? Finite(JsonElement value, string pointer, FaultList faults)
    {
        if (!IsNumber(value, pointer, faults, out var number))
            return null;
        return double.IsFinite(number) ? number : RefuseValue<double>(faults, pointer, "Is too large a number.");
    }

    public static bool? Boolean(JsonElement value, string pointer, FaultList faults) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => RefuseValue<bool>(faults, pointer, $"Must be true or false, not {Describe(value)}."),
    };

    public static DateOnly? Date(JsonElement value, string pointer, FaultList faults)
    {
        if (value.ValueKind == JsonValueKind.String
            && Decode(value) is { } text
            && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        return RefuseValue<DateOnly>(faults, pointer, "Must be a date as a string: yyyy-mm-dd.");
    }

    /// <summary>An instant with its offset from UTC; without one it would be another instant on another machine.</summary>
    public static DateTimeOffset? Instant(JsonElement value, string pointer, FaultList faults)
    {
        if (value.ValueKind == JsonValueKind.String
            && Decode(value) is { } text
            && DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
            return instant;
        return RefuseValue<DateTimeOffset>(faults, pointer, "Must be an instant as a string: yyyy-mm-ddThh:mm:ssZ, or with an offset for Z.");
    }

    /// <summary>The decoded string, or null when it holds half a surrogate pair.</summary>
    public static string? Decode(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    private static bool IsNumber(JsonElement value, string pointer, FaultList faults, out double number)
    {
        number = double.NaN;
        if (value.ValueKind == JsonValueKind.Number)
        {
            number = value.GetDouble();
            return true;
        }

        faults.Add(pointer, $"Must be a number, not {Describe(value)}.");
        return false;
    }

    private static bool HoldsDisallowed(string text)
    {
        foreach (var c in text)
        {
            if (IsDisallowed(c))
                return true;
        }

        return false;
    }

    // Bidirectional overrides and isolates let a name show as another one than it is.
    private static bool IsDisallowed(char c) =>
        char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\uFEFF';

    private static T? Refuse<T>(FaultList faults, string pointer, string message)
        where T : class
    {
        faults.Add(pointer, message);
        return null;
    }

    private static T? RefuseValue<T>(FaultList faults, string pointer, string message)
        where T : struct
    {
        faults.Add(pointer, message);
        return null;
    }
}
