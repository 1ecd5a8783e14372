using System.IO.Compression;
using System.Text;

namespace DrugResponse.EndToEnd.Telemetry;

/// <summary>A search that finds nothing proves nothing unless it finds what is there.</summary>
public sealed class LeakSearchTests
{
    private const string Secret = "MRN-0042 Smith";

    public static TheoryData<string, byte[]> Forms => new()
    {
        { "plain", Utf8(Secret) },
        { "other case", Utf8("mrn-0042 smith") },
        { "UTF-16", Encoding.Unicode.GetBytes(Secret) },
        { "URL-encoded", Utf8(Uri.EscapeDataString(Secret)) },
        { "URL-encoded form", Utf8("MRN-0042+Smith%20x") },
        { "base64", Utf8(Base64(Utf8(Secret))) },
        { "base64 inside a longer text", Utf8(Base64(Utf8($"x{Secret}y"))) },
        { "base64 behind other letters", Utf8($"id{Base64(Utf8(Secret))}") },
        { "base64 for URLs, without padding", Utf8(Base64(Utf8($"??>{Secret}")).Replace('+', '-').Replace('/', '_').TrimEnd('=')) },
        { "gzip", GZip(Utf8(Secret)) },
        { "base64 of gzip", Utf8(Base64(GZip(Utf8(Secret)))) },
        { "gzip of base64", GZip(Utf8(Base64(Utf8(Secret)))) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Finds_a_text_in_every_form(string form, byte[] bytes)
    {
        byte[] noise = [1, 2, 0x1f, 0x8b, 0x1f, 0x8b, 0x08, (byte)'%', .. Utf8("{\"a\":\"")];

        Assert.True(LeakSearch.Find([.. noise, .. bytes, (byte)'"', 0, 7], "another", Secret) is [Secret], form);
    }

    private static readonly Dictionary<string, Func<byte[], byte[]>> Encodings = new(StringComparer.Ordinal)
    {
        ["base64"] = static bytes => Utf8(Base64(bytes)),
        ["base64url"] = static bytes => Utf8(Base64(bytes).Replace('+', '-').Replace('/', '_').TrimEnd('=')),
        ["hex"] = static bytes => Utf8(Convert.ToHexStringLower(bytes)),
        ["url"] = static bytes => Utf8(string.Concat(bytes.Select(
            static one => char.IsAsciiLetterOrDigit((char)one) ? $"{(char)one}" : $"%{one:X2}"))),
        ["every byte url"] = static bytes => Utf8(string.Concat(bytes.Select(static one => $"%{one:X2}"))),
        ["gzip"] = GZip,
    };

    private static readonly KeyValuePair<string, Func<byte[], byte[]>> Nothing = new("nothing", static bytes => bytes);

    public static TheoryData<string> Inputs => [.. TelemetryTests.Inputs];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Finds_each_input_in_every_form_and_in_three_of_them_one_inside_another(string input)
    {
        var missed = new List<string>();
        foreach (var (path, bytes) in Combinations(Encoding.Latin1.GetBytes(input)))
        {
            // At each of the places where the letters of base64 may begin.
            foreach (var before in (string[])["", "x", "xy"])
            {
                if (LeakSearch.Find([.. Utf8("{\"a\":\""), .. Utf8(before), .. bytes, (byte)'"', 0, 7], input) is not [_])
                    missed.Add($"{path} behind '{before}'");
            }
        }

        Assert.True(missed.Count == 0, string.Join('\n', missed));
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Finds_each_input_in_the_midst_of_other_encoded_text(string input)
    {
        foreach (var before in (string[])["", "x", "xy", "xyz"])
        {
            byte[] text = [.. Utf8(before), .. Encoding.Latin1.GetBytes(input), .. Utf8("z")];
            Assert.Equal([input], LeakSearch.Find(Utf8(Base64(text)), input));
            Assert.Equal([input], LeakSearch.Find(Utf8(Convert.ToHexString(text)), input));
        }
    }

    private static IEnumerable<(string Path, byte[] Bytes)> Combinations(byte[] input) =>
        from first in Encodings
        from second in Encodings.Prepend(Nothing)
        from third in Encodings.Prepend(Nothing)
        select ($"{third.Key}({second.Key}({first.Key}))", third.Value(second.Value(first.Value(input))));

    [Fact]
    public void Finds_nothing_where_nothing_is() =>
        Assert.Empty(LeakSearch.Find([.. Utf8("MRN-0043 Smith %41 aGVsbG8gd29ybGQgaGVsbG8="), .. GZip(Utf8("MRN"))], Secret));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    private static byte[] GZip(byte[] bytes)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return result.ToArray();
    }
}
