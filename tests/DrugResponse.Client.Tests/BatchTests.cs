using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Client.Tests;

/// <summary>Batches: sent, waited for, read.</summary>
public sealed class BatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_are_sent_as_lines_with_their_ids()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(202, Status("accepted", 0)));
        var rows = new[]
        {
            new CohortRow("S \"1\"", new PredictionRequest { Candidates = ["warfarin"] }),
            new CohortRow(null, new PredictionRequest { Candidates = ["codeine"] }),
            new CohortRow("2", new PredictionRequest()),
        };

        await server.Connect().SubmitBatchAsync(
            rows.ToAsyncEnumerable(),
            new BatchSubmission { Name = "arm A&B", Candidates = ["clopidogrel", "x,y"], IdempotencyKey = "k" },
            Cancellation);

        var request = server.Received[0];
        var lines = request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("/api/v1/batches?results=ndjson&candidates=clopidogrel&candidates=x%2Cy&name=arm%20A%26B", request.Path);
        Assert.Equal("application/x-ndjson", request.Headers["Content-Type"]);
        Assert.Equal("k", request.Headers["Idempotency-Key"]);
        Assert.Equal(
            ["""{"rowId":"S \u00221\u0022","candidates":["warfarin"]}""", """{"candidates":["codeine"]}""", """{"rowId":"2"}"""], lines);
    }

    [Fact]
    public async Task Waiting_ends_with_the_final_status_and_tells_every_change()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json(200, Status("running", 1)),
            ScriptedServer.Json(200, Status("running", 1)),
            ScriptedServer.Json(200, Status("completed", 2)));
        var told = new Told();

        var status = await server.Connect().WaitForBatchAsync("b", told, cancellationToken: Cancellation);

        Assert.Equal(BatchStates.Completed, status.State);
        Assert.Equal([1L, 2L], told.Statuses.Select(static one => one.Rows.Done));
    }

    [Fact]
    public async Task Watching_gives_every_status_changed_or_not_until_the_final_one()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json(200, Status("running", 1)),
            ScriptedServer.Json(200, Status("running", 1)),
            ScriptedServer.Json(200, Status("completed", 2)));
        var time = new NotedPauses();

        var seen = await server.Connect()
            .WatchBatchAsync("b", TimeSpan.FromSeconds(0.3), time, Cancellation)
            .Select(static one => one.Rows.Done)
            .ToListAsync(Cancellation);

        Assert.Equal([1L, 1L, 2L], seen);
        Assert.Equal([TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.3)], time.Pauses);
    }

    [Fact]
    public async Task Broken_stream_of_lines_is_taken_up_where_it_broke()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Broken("application/x-ndjson", $"{Line(3)}\n{Line(5)}\n"),
            ScriptedServer.Broken("application/x-ndjson", $"{Line(6)}\n{Line(7)[..9]}"),
            ScriptedServer.Content(200, "application/x-ndjson", $"{Line(7)}\n"));

        var lines = await server.Connect()
            .GetBatchErrorsAsync("b", 2, Cancellation).Select(static line => line.Line).ToListAsync(Cancellation);

        Assert.Equal([3L, 5L, 6L, 7L], lines);
        Assert.Equal(
            ["?format=ndjson&after=2", "?format=ndjson&after=5", "?format=ndjson&after=6"],
            server.Received.Select(static request => request.Path[request.Path.IndexOf('?', StringComparison.Ordinal)..]));
    }

    [Fact]
    public async Task Stream_that_breaks_again_and_again_fails_at_last()
    {
        await using var server = await ScriptedServer.StartAsync(
            [.. Enumerable.Repeat(ScriptedServer.Broken("application/x-ndjson", " "), 4)]);

        await Assert.ThrowsAnyAsync<Exception>(async () =>
            await server.Connect().GetBatchErrorsAsync("b", cancellationToken: Cancellation).ToListAsync(Cancellation));

        Assert.Equal(4, server.Received.Count);
    }

    private static string Status(string state, int done) =>
        $$"""
        { "batchId": "b", "state": "{{state}}", "createdAt": "2026-11-20T12:00:00Z", "candidates": [], "resultsFormat": "ndjson",
          "rows": { "total": 2, "done": {{done}}, "failed": 0 } }
        """;

    private static string Line(int line) => $$"""{ "rowId": null, "line": {{line}}, "errors": {} }""";

    private sealed class Told : IProgress<BatchStatus>
    {
        public List<BatchStatus> Statuses { get; } = [];

        public void Report(BatchStatus value) => Statuses.Add(value);
    }
}
