using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Batches;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Hostile;

/// <summary>Bodies that are made to break the service, its memory, or whoever reads its answers.</summary>
public sealed class HostileBodiesTests(SharedApp fixture) : IClassFixture<SharedApp>
{
    private const long Gibibyte = 1L << 30;

    private readonly WholeApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1e999", "/patient/weightKg")]
    [InlineData("-1e999", "/patient/weightKg")]
    [InlineData("1e-400", "/patient/weightKg")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890", "/patient/weightKg")]
    [InlineData("\"NaN\"", "/patient/weightKg")]
    [InlineData("\"Infinity\"", "/patient/weightKg")]
    public async Task A_number_that_is_none_is_refused(string value, string pointer)
    {
        var body = Body.Warfarin().ToString().Replace("71.5", value, StringComparison.Ordinal);

        var problem = (await _app.PredictAsync(Encoding.UTF8.GetBytes(body))).AssertProblem(
            HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);

        Assert.Contains(pointer, problem.Errors!.Keys);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    [InlineData("0x10")]
    [InlineData("1.")]
    public async Task A_number_that_is_no_json_is_refused(string value)
    {
        var body = Body.Warfarin().ToString().Replace("71.5", value, StringComparison.Ordinal);

        (await _app.PredictAsync(Encoding.UTF8.GetBytes(body))).AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.MalformedJson);
    }

    [Fact]
    public async Task Ten_thousand_medications_are_refused_or_answered_in_time()
    {
        var medications = new JsonArray([.. Enumerable.Range(0, 10_000).Select(static i => (JsonNode)new JsonObject { ["text"] = $"amiodarone {i} mg" })]);

        var answer = await _app.PredictAsync(Body.Warfarin().With("/medications", medications));

        answer.AssertProblem(HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);
    }

    [Theory]
    [InlineData("/candidates/0")]
    [InlineData("/medications/0/drug")]
    [InlineData("/conditions/0")]
    public async Task Names_with_control_characters_or_bidi_tricks_are_refused_where_they_stand(string pointer)
    {
        foreach (var trick in new[] { "warf\u0000arin", "warf\u202Earin", "warf\u2066arin", "warf\u200Farin", "warf\u001Barin" })
        {
            var json = JsonNode.Parse(Body.Warfarin().ToString())!;
            Set(json, pointer, trick);

            var problem = (await _app.PredictAsync(Encoding.UTF8.GetBytes(json.ToJsonString()))).AssertProblem(
                HttpStatusCode.UnprocessableEntity, ProblemTypes.InvalidContent);

            Assert.Contains(pointer, problem.Errors!.Keys);
        }
    }

    [Fact]
    public async Task A_vcf_line_of_a_gibibyte_in_a_bomb_is_refused()
    {
        var bomb = Bomb("##fileformat=VCFv4.2\n", Gibibyte, (byte)'A');
        Assert.InRange(bomb.Length, 1, 16 * 1024 * 1024);

        var answer = await _app.SendAsync(Post("v1/genotypes/translate", bomb, "text/vcf", "gzip"));

        Assert.True((int)answer.Status is >= 400 and < 500, $"{answer.Status}: {answer.Text}");
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("application/json")]
    public async Task A_batch_that_is_a_bomb_is_refused(string mediaType)
    {
        var answer = await _app.SendAsync(Post("v1/batches", Bomb("[", Gibibyte, (byte)' '), mediaType, "gzip"));

        Assert.True((int)answer.Status is >= 400 and < 500, $"{answer.Status}: {answer.Text}");
    }

    [Fact]
    public async Task A_row_that_is_a_bomb_is_an_error_of_its_own()
    {
        var answer = await _app.SendAsync(Post("v1/batches", Bomb("{", Gibibyte, (byte)' '), "application/x-ndjson", "gzip"));

        Assert.Equal(1, answer.Status().Rows.Total);
    }

    [Fact]
    public async Task A_bomb_where_nothing_compressed_is_taken_is_not_opened()
    {
        var answer = await _app.SendAsync(Post("v1/predictions", Bomb("", 1024 * 1024, (byte)' '), "application/json", "gzip"));

        answer.AssertProblem(HttpStatusCode.UnsupportedMediaType, ProblemTypes.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\uFF1D1+1")]
    [InlineData("\uFF0B1+1")]
    [InlineData("\uFF0D2+3")]
    [InlineData("\uFF20SUM(A1)")]
    public async Task A_row_id_that_a_spreadsheet_would_run_is_defused_in_csv_and_unchanged_where_machines_read(string rowId)
    {
        var good = Cohort.Row(0);
        var bad = Cohort.Row(1);
        (good["rowId"], bad["rowId"], bad["patient"]!["weightKg"]) = (rowId, rowId, -1);
        var batch = await HandDelivery.SubmitAsync(_app, $"{good.ToJsonString()}\n{bad.ToJsonString()}\n");
        await batch.DeliverAllAsync();
        await batch.ControlAsync();

        foreach (var kind in new[] { "results", "errors" })
        {
            var csv = (await _app.GetAsync($"v1/batches/{batch.BatchId}/{kind}?format=csv")).Text;
            var kept = (await _app.GetAsync($"v1/batches/{batch.BatchId}/{kind}?format=csv&formulas=keep")).Text;

            Assert.All(csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1), line => Assert.StartsWith($"'{rowId}", line.TrimStart('"'), StringComparison.Ordinal));
            Assert.All(kept.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1), line => Assert.StartsWith(rowId, line.TrimStart('"'), StringComparison.Ordinal));
        }

        Assert.Equal(rowId, (string?)Assert.Single(await _app.ResultsAsync(batch.BatchId))["rowId"]);
        Assert.Equal(rowId, (string?)Assert.Single(await _app.ErrorsAsync(batch.BatchId))["rowId"]);
    }

    private static void Set(JsonNode root, string pointer, string value)
    {
        var names = pointer.Split('/')[1..];
        var parent = names[..^1].Aggregate(root, static (node, name) => node is JsonArray array ? array[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]! : node[name]!);
        if (parent is JsonArray list)
            list[int.Parse(names[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        else
            parent[names[^1]] = value;
    }

    private static byte[] Bomb(string head, long length, byte filling)
    {
        var block = new byte[1024 * 1024];
        block.AsSpan().Fill(filling);
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.ASCII.GetBytes(head));
            for (long written = 0; written < length; written += block.Length)
                gzip.Write(block);
        }

        return bomb.ToArray();
    }

    private static HttpRequestMessage Post(string path, byte[] body, string mediaType, string encoding) => new(HttpMethod.Post, path)
    {
        Content = new ByteArrayContent(body)
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType), ContentEncoding = { encoding } },
        },
    };
}
