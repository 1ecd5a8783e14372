using System.Globalization;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>One field of a cron expression: a set of numbers from 0 to 59. Immutable.</summary>
internal readonly struct CronField
{
    private readonly ulong _values;

    private CronField(ulong values) => _values = values;

    /// <summary>Whether a value is in the set.</summary>
    /// <param name="value">0 to 59.</param>
    /// <returns>True when it is.</returns>
    public bool Has(int value) => (_values >> value & 1) != 0;

    /// <summary>Reads a field.</summary>
    /// <param name="text">The field.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="names">The names of the values from the least on, in upper case; none for a field of mere numbers.</param>
    /// <returns>The set.</returns>
    /// <exception cref="FormatException">The text is no such field.</exception>
    public static CronField Parse(string text, string name, int min, int max, params ReadOnlySpan<string> names)
    {
        ulong values = 0;
        foreach (var part in text.Split(','))
        {
            if (Part(part, min, max, names) is not var (first, last, step) || first > last)
                throw new FormatException(
                    $"'{text}' is not a valid {name} of a schedule: it takes {min} to {max}, *, a-b, /n and lists of these.");

            for (long value = first; value <= last; value += step)
                values |= 1UL << (int)value;
        }

        return new CronField(values);
    }

    private static (int First, int Last, int Step)? Part(string text, int min, int max, ReadOnlySpan<string> names)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var step = slash < 0 ? 1 : Number(text[(slash + 1)..]);
        if (step is not >= 1)
            return null;

        var range = slash < 0 ? text : text[..slash];
        if (range == "*")
            return (min, max, step.Value);

        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var first = Value(dash < 0 ? range : range[..dash], min, max, names);
        // "5/15" counts from 5 to the end of the field.
        var last = dash >= 0 ? Value(range[(dash + 1)..], min, max, names) : slash >= 0 ? max : first;

        return first is { } from && last is { } to ? (from, to, step.Value) : null;
    }

    private static int? Value(string text, int min, int max, ReadOnlySpan<string> names)
    {
        var named = names.IndexOf(text.ToUpperInvariant());
        if (named >= 0)
            return min + named;

        return Number(text) is { } number && number >= min && number <= max ? number : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
