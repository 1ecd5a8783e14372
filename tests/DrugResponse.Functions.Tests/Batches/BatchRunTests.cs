using System.Net;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Batches;

/// <summary>The way of a cohort from its submission to its results.</summary>
public sealed class BatchRunTests(BatchApp fixture) : IClassFixture<BatchApp>
{
    private readonly WholeApp _app = fixture.App;

    [Fact]
    public async Task Every_row_comes_back_scored_or_explained_in_the_order_of_the_input()
    {
        var accepted = await _app.SubmitAsync(Cohort.NdJson(57, 3, 31, 56));

        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Equal($"/api/v1/batches/{accepted.Status().BatchId}", accepted.Headers.Location?.ToString());
        Assert.NotNull(accepted.Headers.RetryAfter);
        var end = await _app.EndAsync(accepted.Status().BatchId);
        Assert.Equal(BatchStates.CompletedWithErrors, end.State);
        Assert.Equal(new BatchRowCounts(57, 57, 3), end.Rows);
        var results = await _app.ResultsAsync(end.BatchId);
        Assert.Equal(Enumerable.Range(0, 57).Except([3, 31, 56]).Select(Cohort.Id), results.Select(static line => (string)line["rowId"]!));
        Assert.Equal(Enumerable.Range(1, 57).Except([4, 32, 57]), results.Select(static line => (int)line["line"]!));
        var errors = await _app.ErrorsAsync(end.BatchId);
        Assert.Equal([3, 31, 56], errors.Select(static line => (int)line["line"]! - 1));
        Assert.All(errors, static line => Assert.Equal(
            ["/genotype/diplotypes/CYP2C9", "/patient/weightKg"], line["errors"]!.AsObject().Select(static error => error.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_row_is_scored_like_a_single_prediction()
    {
        var single = (await _app.PredictAsync(System.Text.Encoding.UTF8.GetBytes(Without(Cohort.Row(4), "rowId")))).Prediction;

        var batch = await _app.RunAsync(Cohort.NdJson(5));

        var row = (await _app.ResultsAsync(batch.BatchId))[4]["prediction"]!;
        Assert.Equal(
            JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(single, Contracts.ContractsJsonContext.Wire.PredictionResponse))!["drugs"]!.ToJsonString(),
            row["drugs"]!.ToJsonString());
        Assert.Equal(batch.CreatedAt, (DateTimeOffset)row["createdAt"]!);
        Assert.Null(row["patientKey"]);
    }

    [Theory]
    [InlineData("application/x-ndjson")]
    [InlineData("text/csv")]
    [InlineData("application/json")]
    public async Task The_form_of_the_input_makes_no_difference(string mediaType)
    {
        var reference = await _app.RunAsync(Cohort.NdJson(25));
        var body = mediaType switch { "text/csv" => Cohort.Csv(25), "application/json" => Cohort.Json(25), _ => Cohort.NdJson(25) };

        var batch = await _app.RunAsync(body, mediaType);

        Assert.Equal(BatchStates.Completed, batch.State);
        Assert.Equal(await DrugsAsync(reference.BatchId), await DrugsAsync(batch.BatchId));
    }

    [Fact]
    public async Task Drugs_asked_for_in_every_row_are_scored_beside_the_rows_own()
    {
        var batch = await _app.RunAsync("{\"patient\":{\"ageYears\":60}}\n" + Cohort.NdJson(1), query: "?candidates=codeine,Coumadin");

        var drugs = (await _app.ResultsAsync(batch.BatchId)).Select(static line => line["prediction"]!["drugs"]!.AsArray().Select(static drug => (string)drug!["drug"]!));
        Assert.Equal([["codeine", "warfarin"], ["warfarin", "codeine"]], drugs);
        Assert.Equal(["codeine", "Coumadin"], batch.Candidates);
    }

    [Fact]
    public async Task Gzip_is_accepted()
    {
        var answer = await _app.SubmitAsync(Input.Frames.GZip(System.Text.Encoding.UTF8.GetBytes(Cohort.NdJson(12))));

        Assert.Equal(new BatchRowCounts(12, 12, 0), (await _app.EndAsync(answer.Status().BatchId)).Rows);
    }

    [Fact]
    public async Task A_rows_prediction_is_read_by_its_id()
    {
        var batch = await _app.RunAsync(Cohort.NdJson(25, 7));
        var row = (await _app.ResultsAsync(batch.BatchId))[20]["prediction"]!;

        var read = await _app.GetAsync($"v1/predictions/{row["predictionId"]}");

        Assert.Equal(row.ToJsonString(), read.Json.ToJsonString());
        Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync($"v1/predictions/{batch.BatchId}.0.7")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync($"v1/predictions/{batch.BatchId}.9.99")).Status);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_an_error_of_its_row_alone()
    {
        var rows = "{\"\\ud800\":1,\"rowId\":\"a\",\"candidates\":[\"warfarin\"]}\n{\"rowId\":\"\\udc00\"}\n"
            + "{\"rowId\":\"c\",\"patient\":{\"id\":\"x\",\"\\ud800\":1}}\n" + Cohort.NdJson(1);

        var batch = await _app.RunAsync(rows);

        Assert.Equal(new BatchRowCounts(4, 4, 3), batch.Rows);
        Assert.Equal([(1, ""), (2, "/rowId"), (3, "/patient")], (await _app.ErrorsAsync(batch.BatchId)).Select(static line =>
            ((int)line["line"]!, line["errors"]!.AsObject().First(static error => error.Value!.ToJsonString().Contains("surrogate", StringComparison.Ordinal)).Key)));
    }

    private async Task<IReadOnlyList<string>> DrugsAsync(string batchId) =>
        [.. (await _app.ResultsAsync(batchId)).Select(static line => $"{line["rowId"]}: {line["prediction"]!["drugs"]!.ToJsonString()}")];

    private static string Without(JsonObject row, string member)
    {
        row.Remove(member);
        return row.ToJsonString();
    }
}
