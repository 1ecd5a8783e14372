using System.Net;
using System.Text;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Problems;

/// <summary>Bodies that are no JSON, too large, or in a form that is not read.</summary>
public sealed class BodyFormTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private const string Path = "/api/v1/predictions";

    private readonly WholeApp _app = fixture.App;

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{", 1, 2)]
    [InlineData("{\n  \"candidates\": [\"warfarin\",]\n}", 2, 29)]
    [InlineData("{ \"conditions\": [\"é\"] x }", 1, 24)]
    [InlineData("{ \"candidates\": [\"warfarin\"] } {}", 1, 32)]
    [InlineData("{ // no comments\n}", 1, 3)]
    [InlineData("{ \"patient\": { \"weightKg\": NaN } }", 1, 28)]
    [InlineData("{ \"patient\": { \"weightKg\": 07 } }", 1, 29)]
    public async Task Malformed_json_is_placed_by_line_and_byte(string body, int line, int position)
    {
        var answer = await _app.PredictAsync(Encoding.UTF8.GetBytes(body));

        var problem = answer.AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.MalformedJson);
        Assert.Contains($"line {line}, byte {position} of", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent)]
    [InlineData(17, HttpStatusCode.BadRequest, ProblemTypes.MalformedJson)]
    [InlineData(100_000, HttpStatusCode.BadRequest, ProblemTypes.MalformedJson)]
    public async Task Nesting_has_a_limit(int depth, HttpStatusCode status, string type)
    {
        var answer = await _app.PredictAsync(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)));

        answer.AssertProblem(status, type);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_placed()
    {
        var answer = await _app.PredictAsync([.. "{ \"conditions\": [\""u8, 0xC3, 0x28, .. "\"] }"u8]);

        var problem = answer.AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.MalformedJson);
        Assert.Contains("UTF-8 from byte 19 on", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_accepted()
    {
        var answer = await _app.PredictAsync([0xEF, 0xBB, 0xBF, .. Body.Warfarin().Utf8]);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
    }

    [Theory]
    [InlineData("application/json", HttpStatusCode.Created)]
    [InlineData("application/json; charset=UTF-8", HttpStatusCode.Created)]
    [InlineData("application/json; charset=\"utf-8\"", HttpStatusCode.Created)]
    [InlineData("application/json; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=iso-8859-1", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    public async Task A_body_must_be_json_in_utf8(string? contentType, HttpStatusCode expected)
    {
        var content = new ByteArrayContent(Body.Warfarin().Utf8);
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var answer = await _app.SendAsync(new HttpRequestMessage(HttpMethod.Post, "v1/predictions") { Content = content });

        if (expected == HttpStatusCode.Created)
            Assert.Equal(expected, answer.Status);
        else
            answer.AssertProblem(expected, ProblemTypes.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        var content = WholeApp.Json(Body.Warfarin().Utf8);
        content.Headers.ContentEncoding.Add("gzip");

        var answer = await _app.SendAsync(new HttpRequestMessage(HttpMethod.Post, "v1/predictions") { Content = content });

        answer.AssertProblem(HttpStatusCode.UnsupportedMediaType, ProblemTypes.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_body_at_the_limit_is_read()
    {
        var answer = await _app.PredictAsync(Padded(RequestLimits.MaxBodyBytes));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
    }

    [Fact]
    public async Task A_body_that_announces_more_than_the_limit_is_refused_unread()
    {
        var answer = await RawHttp.AnnounceAsync(_app.Address, Path, RequestLimits.MaxBodyBytes + 1);

        AssertTooLarge(answer);
    }

    [Fact]
    public async Task A_chunked_body_beyond_the_limit_is_refused()
    {
        var answer = await RawHttp.PostChunkedAsync(_app.Address, Path, RawHttp.Chunk(Padded(RequestLimits.MaxBodyBytes + 1)), RawHttp.Chunk([]));

        AssertTooLarge(answer);
    }

    [Fact]
    public async Task A_chunked_body_is_read_to_its_end()
    {
        var body = Body.Warfarin().Utf8;

        var answer = await RawHttp.PostChunkedAsync(
            _app.Address, Path, RawHttp.Chunk(body.AsSpan(0, 10)), RawHttp.Chunk(body.AsSpan(10)), RawHttp.Chunk([]));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
    }

    [Fact]
    public async Task A_body_whose_framing_is_broken_is_refused()
    {
        var answer = await RawHttp.PostChunkedAsync(_app.Address, Path, RawHttp.Chunk("{"u8), [.. "zz\r\n"u8]);

        answer.AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest);
    }

    private static void AssertTooLarge(Answer answer)
    {
        var problem = answer.AssertProblem(HttpStatusCode.RequestEntityTooLarge, ProblemTypes.BodyTooLarge);
        Assert.Equal($"The limit is {RequestLimits.MaxBodyBytes} bytes.", problem.Detail);
    }

    private static byte[] Padded(long length)
    {
        var padded = new byte[length];
        padded.AsSpan().Fill((byte)' ');
        Body.Warfarin().Utf8.CopyTo(padded, 0);
        return padded;
    }
}
