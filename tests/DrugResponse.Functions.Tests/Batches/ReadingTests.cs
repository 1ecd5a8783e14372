using System.Globalization;
using System.Text.Json.Nodes;
using System.Net;
using System.Text;
using CsvHelper;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Testing;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>Status, lists, results and errors of batches as they are read over HTTP.</summary>
public sealed class ReadingTests(BatchApp fixture) : IClassFixture<BatchApp>
{
    private readonly WholeApp _app = fixture.App;

    [Fact]
    public async Task Results_as_csv_have_a_line_for_every_drug_and_endpoint()
    {
        var batch = await _app.RunAsync(Cohort.NdJson(12, 5), query: "?candidates=codeine&results=csv");
        var json = await _app.ResultsAsync(batch.BatchId);

        var answer = await _app.GetAsync($"v1/batches/{batch.BatchId}/results");

        Assert.StartsWith("text/csv", answer.ContentType, StringComparison.Ordinal);
        var lines = Parse(answer.Text);
        Assert.Equal("rowId,line,drug,endpoint,kind,probability,low,high,value,unit,action,warnings", string.Join(',', lines[0]));
        Assert.Equal(
            json.Sum(static line => line["prediction"]!["drugs"]!.AsArray().Sum(static drug => EndpointsOf(drug!))), lines.Count - 1);
        var dose = lines.First(static line => line[4] == "dose");
        var expected = json[0]["prediction"]!["drugs"]![0]!["dose"]!;
        Assert.Equal((double)expected["value"]!, double.Parse(dose[8], CultureInfo.InvariantCulture));
        Assert.Equal((double)expected["interval"]!["high"]!, double.Parse(dose[7], CultureInfo.InvariantCulture));
        Assert.Equal(["P-0", "1", "warfarin", "dose", "dose", "mg/week", ""], [dose[0], dose[1], dose[2], dose[3], dose[4], dose[9], dose[5]]);
        var response = lines.First(static line => line[4] == "response");
        Assert.Equal((double)json[0]["prediction"]!["drugs"]![0]!["response"]!["probability"]!, double.Parse(response[5], CultureInfo.InvariantCulture));
        var codeine = lines.Where(static line => line[2] == "codeine" && line[0] == "P-0").ToArray();
        var answered = json[0]["prediction"]!["drugs"]!.AsArray().Single(static drug => (string)drug!["drug"]! == "codeine")!;
        Assert.Equal(EndpointsOf(answered), codeine.Length);
        Assert.Contains("missing-genotype", codeine[0][11].Split('|'));
    }

    [Fact]
    public async Task A_row_without_any_drug_has_a_line_of_its_own_in_csv()
    {
        var batch = await _app.RunAsync("{\"rowId\":\"none\",\"medications\":[]}\n" + Cohort.NdJson(1));
        var json = (await _app.ResultsAsync(batch.BatchId))[0]["prediction"]!;

        var lines = Parse((await _app.GetAsync($"v1/batches/{batch.BatchId}/results?format=csv")).Text);

        Assert.Empty(json["drugs"]!.AsArray());
        var warnings = string.Join('|', json["warnings"]!.AsArray().Select(static warning => (string)warning!["code"]!).Distinct());
        Assert.NotEmpty(warnings);
        Assert.Equal(["none", "1", "", "", "", "", "", "", "", "", "", warnings], lines[1]);
        Assert.Equal("2", lines[2][1]);
    }

    [Fact]
    public async Task Errors_as_csv_have_a_line_for_every_fault()
    {
        var batch = await _app.RunAsync(Cohort.NdJson(3, 1));

        var lines = Parse((await _app.GetAsync($"v1/batches/{batch.BatchId}/errors?format=csv")).Text);

        Assert.Equal(["rowId", "line", "path", "message"], lines[0]);
        Assert.Equal([["P-1", "2", "/patient/weightKg"], ["P-1", "2", "/genotype/diplotypes/CYP2C9"]], lines.Skip(1).Select(static line => line[..3]));
    }

    [Fact]
    public async Task A_fault_in_csv_is_one_line_whatever_the_caller_named_a_member()
    {
        var batch = await _app.RunAsync("{\"rowId\":\"a\",\"x\\nP-9,9,\\r/y,Is wrong.\\u2028\":1,\"candidates\":[\"warfarin\"]}\n");

        var text = (await _app.GetAsync($"v1/batches/{batch.BatchId}/errors?format=csv")).Text;

        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, static line => Assert.DoesNotContain(line, static symbol => char.IsControl(symbol) || symbol == '\u2028'));
        Assert.Equal("/x\\u000aP-9,9,\\u000d~1y,Is wrong.\\u2028", Parse(text)[1][2]);
    }

    [Theory]
    [InlineData("?limit=3")]
    [InlineData("?after=nothing")]
    [InlineData("?after=22eadd71c24f14b4090bf88734b84325&after=22eadd71c24f14b4090bf88734b84325")]
    public async Task A_list_refuses_what_it_does_not_know(string query) =>
        (await _app.GetAsync("v1/batches" + query)).AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest);

    [Fact]
    public async Task Reading_goes_on_after_any_line()
    {
        var batch = await _app.RunAsync(Cohort.NdJson(35, 3, 20));
        var all = (await _app.ResultsAsync(batch.BatchId)).Select(static line => line.ToJsonString()).ToArray();

        foreach (var line in new[] { 0, 1, 4, 9, 10, 11, 21, 34, 35, 36, 1000 })
        {
            var rest = (await _app.GetAsync($"v1/batches/{batch.BatchId}/results?after={line}")).Lines();
            Assert.Equal(all[(line - (line > 3 ? 1 : 0) - (line > 20 ? 1 : 0) is var had && had < all.Length ? had : all.Length)..], rest.Select(static row => row.ToJsonString()));
        }

        Assert.Equal([21], (await _app.GetAsync($"v1/batches/{batch.BatchId}/errors?after=4")).Lines().Select(static line => (int)line["line"]!));
        var csv = (await _app.GetAsync($"v1/batches/{batch.BatchId}/results?after=34&format=csv")).Text;
        Assert.Equal(5, Parse(csv).Count(static line => line[0] == "P-34"));
        Assert.DoesNotContain("rowId", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_csv_and_ids_with_commas_and_quotes_come_back_as_they_were()
    {
        const string text = "rowId,candidates\n\n\"a,\"\"b\"\"\nc\",warfarin\nd;e,warfarin\n";
        var batch = await _app.RunAsync(text, "text/csv");

        var json = await _app.ResultsAsync(batch.BatchId);
        var csv = Parse((await _app.GetAsync($"v1/batches/{batch.BatchId}/results?format=csv")).Text);

        // A line break is no part of an id.
        Assert.Equal([(5, "d;e")], json.Select(static line => ((int)line["line"]!, (string)line["rowId"]!)));
        Assert.Equal([3], (await _app.ErrorsAsync(batch.BatchId)).Select(static line => (int)line["line"]!));
        Assert.Equal("d;e", csv[1][0]);
    }

    [Fact]
    public async Task A_final_batch_has_nothing_more_to_come()
    {
        var batch = await _app.RunAsync(Cohort.NdJson(3));

        var answer = await _app.GetAsync($"v1/batches/{batch.BatchId}/results");

        Assert.False(answer.Headers.Contains("Link"));
        Assert.Equal("application/x-ndjson; charset=utf-8", answer.ContentType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("results?after=x")]
    [InlineData("results?after=-1")]
    [InlineData("results?format=xml")]
    [InlineData("errors?since=1")]
    public async Task A_query_that_cannot_be_is_refused(string path)
    {
        var batch = await _app.RunAsync(Cohort.NdJson(1));

        (await _app.GetAsync($"v1/batches/{batch.BatchId}/{path}")).AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/results")]
    [InlineData("/errors")]
    [InlineData("/summary")]
    public async Task Batches_of_others_and_batches_that_are_none_are_not_found(string path)
    {
        var batch = await _app.RunAsync(Cohort.NdJson(1));
        await using var otherTenant = await WholeApp.StartReadyAsync(fixture.ConnectionString);

        (await otherTenant.GetAsync($"v1/batches/{batch.BatchId}{path}")).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        (await _app.GetAsync($"v1/batches/22f1f2fd1d77e0000000000000000000{path}")).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        (await _app.GetAsync($"v1/batches/x{path}")).AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
        Assert.Empty((await otherTenant.GetAsync("v1/batches")).Json["batches"]!.AsArray());
        (await otherTenant.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"v1/batches/{batch.BatchId}")))
            .AssertProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound);
    }

    [Fact]
    public async Task A_list_has_the_newest_first_page_by_page()
    {
        await using var app = await WholeApp.StartReadyAsync(fixture.ConnectionString);
        var submitted = new List<string>();
        for (var i = 0; i < 23; i++)
            submitted.Add((await app.SubmitAsync(Cohort.NdJson(1))).Status().BatchId);

        var first = (await app.GetAsync("v1/batches")).Json;
        var second = (await app.GetAsync($"v1/batches?after={first["after"]}")).Json;

        Assert.Equal(
            Enumerable.Reverse(submitted),
            first["batches"]!.AsArray().Concat(second["batches"]!.AsArray()).Select(static batch => (string)batch!["batchId"]!));
        Assert.Null(second["after"]);
        (await app.GetAsync("v1/batches?after=x")).AssertProblem(HttpStatusCode.BadRequest, ProblemTypes.BadRequest);
    }

    [Fact]
    public async Task A_status_tells_rate_and_end()
    {
        var batch = await _app.RunAsync(Cohort.NdJson(30));

        Assert.InRange(batch.RowsPerSecond!.Value, 0.1, 100_000);
        Assert.Null(batch.EstimatedFinish);
        Assert.InRange(batch.FinishedAt!.Value, batch.CreatedAt, _app.Clock.GetUtcNow());
    }

    private static IReadOnlyList<string[]> Parse(string csv)
    {
        var records = new List<string[]>();
        using var reader = CsvReader.FromText(csv, new CsvReaderOptions { HasHeader = false, Separator = ',' });
        while (reader.Read())
            records.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return records;
    }

    // A drug without any endpoint has one line, for its guidance and warnings.
    private static int EndpointsOf(JsonNode drug) =>
        Math.Max(1, drug["adverse"]!.AsArray().Count + drug["otherResponses"]!.AsArray().Count + (drug["response"] is null ? 0 : 1) + (drug["dose"] is null ? 0 : 1));
}
