using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Routing;

namespace DrugResponse.Functions.Tests.Hostile;

/// <summary>Over the whole HTTP surface: whatever is sent to whichever endpoint, none fails on it.</summary>
public sealed partial class HttpSurfacePropertyTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private const int Requests = 3000;
    private const ulong Seed = 20261120;

    private static readonly string[] Words =
    [
        "warfarin", "dose", "..", "%2F", "%00", "a'b", "\u202E", "0", "-1", "9999999999999999999999", "x", "null", "true", "{}", "[]", "=1", "2026-11-20", "0001-01-01", "9999-12-31", "9223372036854775807", "ndjson", "csv", "keep",
        "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "22f1f2fd1d77e0000000000000000000", "22f1f2fd1d77e0000000000000000000.0.0",
    ];

    private static readonly string[] Members =
    [
        "id", "create", "patient", "genotype", "medications", "candidates", "conditions", "diplotypes", "variants", "vcf", "CYP2C9", "rs9923231", "drug", "name", "roles", "expiresAt",
        "scoring", "reference", "requestId", "weightKg", "rowId", "graceHours", "",
    ];

    private static readonly string[] MediaTypes =
        ["application/json", "application/x-ndjson", "text/csv", "text/vcf", "application/gzip", "multipart/form-data; boundary=b", "text/plain", "application/json; charset=utf-16"];

    private static readonly string[] QueryNames = ["after", "format", "formulas", "day", "patientKey", "from", "to", "calls", "candidates", "results", "upload", "input", "webhook", "name", "sample", "pageSize"];

    private readonly WholeApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_makes_the_service_fail()
    {
        var endpoints = _app.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<FunctionMetadata>() is not null
                && endpoint.Metadata.GetMetadata<TriggerFunctionMetadata>() is null)
            .Select(static endpoint => (Route: endpoint.RoutePattern.RawText!, Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]))
            .ToArray();
        Assert.True(endpoints.Length > 25, $"{endpoints.Length} endpoints.");
        using var http = _app.ClientWith("development");

        foreach (var request in RequestsTo(endpoints).Sample(Requests, new Rnd(Seed, 1), 20))
        {
            using var message = request.ToMessage();
            using var response = await http.SendAsync(message, Cancellation);
            var text = await response.Content.ReadAsStringAsync(Cancellation);
            Assert.True((int)response.StatusCode is >= 200 and < 500, $"{request} -> {response.StatusCode}: {text}");
            if ((int)response.StatusCode >= 400 && text.Length > 0)
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        Assert.Equal(HttpStatusCode.Created, (await _app.PredictAsync(Body.Warfarin())).Status);
    }

    private static Gen<HostileRequest> RequestsTo((string Route, IReadOnlyList<string> Methods)[] endpoints)
    {
        var word = Gen.Frequency((6, Gen.Elements(Words)), (1, ArbMap.Default.GeneratorFor<string>().Select(static text => text ?? "")));
        var target =
            from endpoint in Gen.Elements(endpoints)
            from method in Gen.Frequency((9, Gen.Elements(endpoint.Methods.ToArray())), (1, Gen.Elements("PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")))
            from values in word.ListOf(3)
            select (method, path: Fill(endpoint.Route, values));
        var asked = from name in Gen.Elements(QueryNames) from value in word select $"{name}={Uri.EscapeDataString(Whole(value))}";
        var query = Gen.Frequency(
            (2, Gen.Constant("")),
            (3, from count in Gen.Choose(1, 4) from values in asked.ListOf(count) select $"?{string.Join('&', values)}"),
            (1, from name in Gen.Elements(QueryNames) from value in word from again in word select $"?{name}={Uri.EscapeDataString(Whole(value))}&{name}={Uri.EscapeDataString(Whole(again))}"));
        var body = Gen.Frequency(
            (5, JsonOf(word, 4).Select(Encoding.UTF8.GetBytes)),
            (2, Gen.Constant(Body.Warfarin().Utf8).SelectMany(static valid => Mutated(valid))),
            (1, ArbMap.Default.GeneratorFor<byte[]>()),
            (1, Gen.Constant<byte[]>([])));
        return from aim in target
               from ask in query
               from content in body
               from mediaType in Gen.Frequency((3, Gen.Constant("application/json")), (2, Gen.Elements(MediaTypes)))
               from gzip in Gen.Frequency((8, Gen.Constant(false)), (1, Gen.Constant(true)))
               from key in Gen.Frequency((3, Gen.Constant<string?>(null)), (1, word.Select(static text => (string?)text)))
               select new HostileRequest(aim.method, aim.path + ask, content, mediaType, gzip, key);
    }

    private static Gen<string> JsonOf(Gen<string> word, int depth)
    {
        var scalar = Gen.Frequency(
            (3, word.Select(static text => System.Text.Json.JsonSerializer.Serialize(Whole(text)))),
            (1, Gen.Elements("null", "true", "0", "-1", "1e308", "1e999", "1.5", "\"\\ud800\"")));
        if (depth == 0)
            return scalar;

        var inner = JsonOf(word, depth - 1);
        var member = from name in Gen.Elements(Members) from value in inner select $"\"{name}\":{value}";
        return Gen.Frequency(
            (1, scalar),
            (1, inner.ListOf(2).Select(static items => $"[{string.Join(',', items)}]")),
            (5, Gen.Choose(0, 4).SelectMany(count => member.ListOf(count)).Select(static members => $"{{{string.Join(',', members)}}}")));
    }

    private static Gen<byte[]> Mutated(byte[] valid) =>
        from position in Gen.Choose(0, valid.Length - 1)
        from value in Gen.Choose(0, 255)
        from cut in Gen.Choose(0, 9)
        select cut == 0 ? valid[..position] : [.. valid[..position], (byte)value, .. valid[(position + 1)..]];

    // Half a surrogate pair cannot stand in an address or in UTF-8.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Fill(string route, IEnumerable<string> values)
    {
        var rest = new Queue<string>(values);
        return RouteValue().Replace(route, _ => Uri.EscapeDataString(Whole(rest.TryDequeue(out var value) && value.Length > 0 ? value : "x")));
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex RouteValue();

    private sealed record HostileRequest(string Method, string Path, byte[] Content, string MediaType, bool IsGzip, string? IdempotencyKey)
    {
        public HttpRequestMessage ToMessage()
        {
            var message = new HttpRequestMessage(new HttpMethod(Method), "/" + Path.TrimStart('/'));
            if (Method is not ("GET" or "HEAD"))
            {
                message.Content = new ByteArrayContent(Content);
                message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
                if (IsGzip)
                    message.Content.Headers.ContentEncoding.Add("gzip");
            }

            if (IdempotencyKey is { } key && key.All(static character => character is > ' ' and <= '~'))
                message.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            return message;
        }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Method} {Path} ({MediaType}, gzip {IsGzip}, key {IdempotencyKey}) {Convert.ToBase64String(Content)}");
    }
}
