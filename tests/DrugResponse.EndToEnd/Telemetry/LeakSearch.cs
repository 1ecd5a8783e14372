using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace DrugResponse.EndToEnd.Telemetry;

/// <summary>Searches bytes for texts, as they are and in base64, gzip and URL-encoded form, also one inside another.</summary>
internal static partial class LeakSearch
{
    private const int MostLayers = 3;
    private const int MostExpanded = 16 * 1024 * 1024;

    /// <summary>Gives those of the texts that occur.</summary>
    /// <param name="bytes">Where to search.</param>
    /// <param name="texts">What to search for; letter case does not matter.</param>
    public static IReadOnlyList<string> Find(byte[] bytes, params IReadOnlyList<string> texts)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Find(bytes, texts, MostLayers, found);
        return [.. found];
    }

    private static void Find(byte[] bytes, IReadOnlyList<string> texts, int layers, SortedSet<string> found)
    {
        var plain = Encoding.Latin1.GetString(bytes);
        FindIn(plain, texts, found);
        FindIn(plain.Replace("\0", "", StringComparison.Ordinal), texts, found);
        if (layers == 0)
            return;

        if (plain.Contains('%', StringComparison.Ordinal))
            FindIn(WebUtility.UrlDecode(plain), texts, found);
        foreach (var inner in Encoded(plain).Concat(Compressed(bytes)))
            Find(inner, texts, layers - 1, found);
    }

    private static void FindIn(string where, IReadOnlyList<string> texts, SortedSet<string> found) =>
        found.UnionWith(texts.Where(text => where.Contains(text, StringComparison.OrdinalIgnoreCase)));

    // What stands before it may look like base64 too, so it is read from each of four places on.
    private static IEnumerable<byte[]> Encoded(string text)
    {
        foreach (Match run in Base64().Matches(text))
        {
            var symbols = run.Value.Replace('-', '+').Replace('_', '/');
            for (var from = 0; from < 4; from++)
            {
                var part = symbols[from..];
                // One letter left over means nothing; two or three lack their padding.
                part = (part.Length % 4) switch { 0 => part, 1 => part[..^1], 2 => part + "==", _ => part + "=" };
                yield return Convert.FromBase64String(part);
            }
        }
    }

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

    [GeneratedRegex("[A-Za-z0-9+/_-]{12,}")]
    private static partial Regex Base64();
}
