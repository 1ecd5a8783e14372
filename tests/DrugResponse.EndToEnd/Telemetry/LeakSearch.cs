using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace DrugResponse.EndToEnd.Telemetry;

/// <summary>
/// Searches bytes for texts, as they are and in base64, hexadecimal, gzip and URL-encoded form, also one inside another. A text is looked for
/// in its own encoded forms, so that a short one is found in the midst of other letters; besides, whatever looks encoded is decoded and
/// searched in turn.
/// </summary>
internal sealed partial class LeakSearch
{
    private const int MostLayers = 3;
    private const int MostExpanded = 16 * 1024 * 1024;

    private readonly IReadOnlyList<Needle> _needles;
    private readonly SearchValues<string> _exact;
    private readonly SearchValues<string> _inAnyCase;
    private readonly HashSet<string> _seen = [];
    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);

    private LeakSearch(IReadOnlyList<string> texts)
    {
        _needles = [.. texts.SelectMany(NeedlesOf)];
        _exact = SearchValues.Create([.. Forms(StringComparison.Ordinal)], StringComparison.Ordinal);
        _inAnyCase = SearchValues.Create([.. Forms(StringComparison.OrdinalIgnoreCase)], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Gives those of the texts that occur.</summary>
    /// <param name="bytes">Where to search.</param>
    /// <param name="texts">What to search for; letter case does not matter, except in base64.</param>
    public static IReadOnlyList<string> Find(byte[] bytes, params IReadOnlyList<string> texts)
    {
        var search = new LeakSearch(texts);
        search.Look(bytes, MostLayers);
        return [.. search._found];
    }

    private static IEnumerable<Needle> NeedlesOf(string text)
    {
        // Texts that are no text, such as the bytes of a number, come letter by letter.
        var encoding = text.Any(static letter => letter > 0xff) ? Encoding.UTF8 : Encoding.Latin1;
        var bytes = encoding.GetBytes(text);
        yield return new Needle(text, Encoding.Latin1.GetString(bytes), StringComparison.OrdinalIgnoreCase);
        yield return new Needle(text, Convert.ToHexString(bytes), StringComparison.OrdinalIgnoreCase);
        for (var before = 0; before < 3; before++)
        {
            var form = Base64Of(bytes, before);
            yield return new Needle(text, form, StringComparison.Ordinal);
            yield return new Needle(text, form.Replace('+', '-').Replace('/', '_'), StringComparison.Ordinal);
        }
    }

    // The letters that hold nothing but bits of the text, when it stands behind a number of other bytes modulo three.
    private static string Base64Of(byte[] bytes, int before)
    {
        var letters = Convert.ToBase64String([.. new byte[before], .. bytes]);
        var first = (before * 8 + 5) / 6;
        return letters[first..((before + bytes.Length) * 8 / 6)];
    }

    private IEnumerable<string> Forms(StringComparison comparison) =>
        _needles.Where(needle => needle.Comparison == comparison).Select(static needle => needle.Form).Distinct(StringComparer.Ordinal);

    private void Look(byte[] bytes, int layers)
    {
        var plain = Encoding.Latin1.GetString(bytes);
        // The same words come again and again.
        if (!_seen.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{layers} {plain}")))
            return;
        FindIn(plain);
        if (plain.Contains('\0', StringComparison.Ordinal))
            FindIn(plain.Replace("\0", "", StringComparison.Ordinal));
        if (layers == 0)
            return;
        foreach (var inner in Encoded(plain).Concat(Hexadecimal(plain)).Concat(Compressed(bytes)).Concat(Escaped(bytes)))
            Look(inner, layers - 1);
    }

    private void FindIn(string where)
    {
        if (!where.AsSpan().ContainsAny(_exact) && !where.AsSpan().ContainsAny(_inAnyCase))
            return;
        _found.UnionWith(_needles.Where(needle => where.Contains(needle.Form, needle.Comparison)).Select(static needle => needle.Text));
    }

    // What stands before it may look like base64 too, so it is read from each of four places on.
    private static IEnumerable<byte[]> Encoded(string text)
    {
        foreach (var run in Base64().Matches(text).Select(static match => match.Value).Distinct(StringComparer.Ordinal))
        {
            var symbols = run.Replace('-', '+').Replace('_', '/');
            for (var from = 0; from < 4; from++)
            {
                var part = symbols[from..];
                // One letter left over means nothing; two or three lack their padding.
                part = (part.Length % 4) switch { 0 => part, 1 => part[..^1], 2 => part + "==", _ => part + "=" };
                yield return Convert.FromBase64String(part);
            }
        }
    }

    private static IEnumerable<byte[]> Hexadecimal(string text)
    {
        foreach (var run in Hex().Matches(text).Select(static match => match.Value).Distinct(StringComparer.Ordinal))
        {
            for (var from = 0; from < 2; from++)
                yield return Convert.FromHexString(run.AsSpan(from, (run.Length - from) / 2 * 2));
        }
    }

    // As in a path, and as in a form, where a plus sign is a blank. Bytes stay bytes: they need not be UTF-8.
    private static IEnumerable<byte[]> Escaped(byte[] bytes)
    {
        if (!bytes.AsSpan().Contains((byte)'%'))
            yield break;
        yield return Unescape(bytes, plusIsBlank: false);
        if (bytes.AsSpan().Contains((byte)'+'))
            yield return Unescape(bytes, plusIsBlank: true);
    }

    private static byte[] Unescape(byte[] bytes, bool plusIsBlank)
    {
        var result = new List<byte>(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '%' && i + 2 < bytes.Length && IsHex(bytes[i + 1]) && IsHex(bytes[i + 2]))
            {
                result.AddRange(Convert.FromHexString([(char)bytes[i + 1], (char)bytes[i + 2]]));
                i += 2;
            }
            else
            {
                result.Add(plusIsBlank && bytes[i] == '+' ? (byte)' ' : bytes[i]);
            }
        }

        return [.. result];
    }

    private static bool IsHex(byte letter) => char.IsAsciiHexDigit((char)letter);

    private static IEnumerable<byte[]> Compressed(byte[] bytes)
    {
        for (var at = 0; (at = IndexOfGzip(bytes, at)) >= 0; at++)
        {
            if (Decompress(bytes, at) is { Length: > 0 } content)
                yield return content;
        }
    }

    private static int IndexOfGzip(byte[] bytes, int from)
    {
        var index = bytes.AsSpan(from).IndexOf([(byte)0x1f, (byte)0x8b, (byte)0x08]);
        return index < 0 ? -1 : from + index;
    }

    // What follows it makes the reading fail at the end; what came before that counts.
    private static byte[] Decompress(byte[] bytes, int from)
    {
        using var content = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes, from, bytes.Length - from), CompressionMode.Decompress);
            var buffer = new byte[4096];
            for (int read; content.Length < MostExpanded && (read = gzip.Read(buffer)) > 0;)
                content.Write(buffer, 0, read);
        }
        catch (InvalidDataException)
        {
            // As said above.
        }

        return content.ToArray();
    }

    [GeneratedRegex("[A-Za-z0-9+/_-]{8,}")]
    private static partial Regex Base64();

    [GeneratedRegex("[0-9A-Fa-f]{8,}")]
    private static partial Regex Hex();

    /// <summary>A text in one of its forms, as bytes are read: one letter for each.</summary>
    private sealed record Needle(string Text, string Form, StringComparison Comparison);
}
