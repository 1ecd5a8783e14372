using System.Text.Json;
using DrugResponse.Client.Cli.Submissions;

namespace DrugResponse.Client.Cli.Tests;

public sealed class SubmitCommandTests(RunningService service) : IClassFixture<RunningService>, IDisposable
{
    private readonly CohortFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Results_and_errors_come_back_beside_the_input()
    {
        var run = await SubmitAsync(_folder.Csv("cohort.csv", 120, 7, 99));

        Assert.Equal((ExitCodes.CompletedWithErrors, ""), (run.ExitCode, run.Error));
        Assert.Equal(["cohort.csv", "cohort.errors.ndjson", "cohort.results.ndjson"], _folder.Files());
        Assert.Equal(Enumerable.Range(0, 120).Except([7, 99]).Select(static row => $"P-{row}"), RowIds("cohort.results.ndjson"));
        Assert.Equal(["P-7", "P-99"], RowIds("cohort.errors.ndjson"));
        Assert.Contains("Scoring: 120 of 120 rows", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{run.BatchId} completed-with-errors: 120 of 120 rows done, 2 with errors", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cohort.ndjson")]
    [InlineData("cohort.jsonl.gz")]
    public async Task Forms_are_told_by_the_name(string name)
    {
        var run = await SubmitAsync(_folder.NdJson(name, 60));

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(60, _folder.Lines("cohort.results.ndjson").Length);
    }

    [Fact]
    public async Task Options_reach_the_service_and_results_go_where_they_are_wanted()
    {
        var path = _folder.Write("cohort", "{\"patient\":{\"ageYears\":60}}\n{\"patient\":{\"ageYears\":\"old\"}}\n");

        var run = await SubmitAsync(
            path, "--format", "ndjson", "--results", "csv", "--candidates", "warfarin,codeine", "--name", "trial 7",
            "-o", _folder["r.csv"], "--errors", _folder["e.csv"]);

        Assert.Equal(ExitCodes.CompletedWithErrors, run.ExitCode);
        Assert.Equal(
            ["warfarin", "codeine"], _folder.Lines("r.csv").Skip(1).Select(static line => line.Split(',')[2]).Distinct());
        Assert.Equal(["rowId,line,path,message", ",2,/patient/ageYears,\"Must be a number, not a string.\""], _folder.Lines("e.csv"));
    }

    [Fact]
    public async Task A_large_file_is_uploaded_in_blocks()
    {
        var run = await SubmitAsync(_folder.Csv("cohort.csv", 300), "--upload-above", "1000");

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("Sending: 1 of 1 blocks", run.Output, StringComparison.Ordinal);
        Assert.Equal(300, _folder.Lines("cohort.results.ndjson").Length);
    }

    [Fact]
    public async Task An_upload_that_is_no_cohort_fails_and_says_why()
    {
        var run = await SubmitAsync(_folder.Write("cohort.csv", "rowId,patient.wieghtKg\na,1\n"), "--upload-above", "0");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("/header/1: Is not a known column.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_cohort_is_refused_with_every_fault()
    {
        var run = await SubmitAsync(_folder.Write("cohort.csv", "rowId,patient.wieghtKg,x\na,1,2\n"), "--candidates", "warfarin");

        Assert.Equal(ExitCodes.Refused, run.ExitCode);
        Assert.Contains("/header/1", run.Error, StringComparison.Ordinal);
        Assert.Contains("/header/2", run.Error, StringComparison.Ordinal);
        Assert.Equal(["cohort.csv"], _folder.Files());
    }

    [Theory]
    [InlineData("absent.csv")]
    [InlineData("cohort.xlsx")]
    public async Task A_file_that_cannot_be_used_is_named(string name)
    {
        if (name != "absent.csv")
            _folder.Write(name, "x");

        var run = await SubmitAsync(_folder[name]);

        Assert.Equal(ExitCodes.Unusable, run.ExitCode);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_that_was_interrupted_goes_on_as_the_same_batch()
    {
        var path = _folder.Csv("cohort.csv", 400);
        var first = await SubmitAsync(path, "--detach");
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await interruption.CancelAsync();

        var interrupted = await CommandRun.OfAsync(interruption.Token, "submit", path, "--server", service.Address.AbsoluteUri);
        var last = await SubmitAsync(path);

        Assert.Equal((ExitCodes.Success, ExitCodes.Interrupted, ExitCodes.Success), (first.ExitCode, interrupted.ExitCode, last.ExitCode));
        Assert.Equal(first.BatchId, last.BatchId);
        Assert.Equal(400, _folder.Lines("cohort.results.ndjson").Length);
        Assert.DoesNotContain("cohort.csv.submission", _folder.Files());
    }

    [Theory]
    [InlineData("100000")]
    [InlineData("0")]
    public async Task An_answer_that_was_lost_leads_to_no_second_batch(string uploadAbove)
    {
        var path = _folder.Csv("cohort.csv", 30);
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var relay = new Relay(service.Address, interruption);
        string[] submit = ["submit", path, "--upload-above", uploadAbove, "--server", relay.Address.AbsoluteUri];
        var interrupted = await CommandRun.OfAsync(interruption.Token, submit);
        var accepted = relay.LostBatchId!;
        await RunAsync("status", accepted, "--wait");
        var state = ReadState("cohort.csv");
        if (state.Upload is { } upload)
            (state with { Upload = upload with { ExpiresAt = DateTimeOffset.UnixEpoch } }).Save(InputFile.Find(path, null));

        var again = await CommandRun.OfAsync(Cancellation, submit);

        Assert.Equal((ExitCodes.Interrupted, ExitCodes.Success), (interrupted.ExitCode, again.ExitCode));
        Assert.Null(state.BatchId);
        Assert.Equal(accepted, again.BatchId);
    }

    [Fact]
    public async Task A_key_that_is_not_accepted_does_not_end_a_submission()
    {
        var path = _folder.Csv("cohort.csv", 30);

        var refused = await SubmitAsync(path, "--api-key", "wrong");
        var state = ReadState("cohort.csv");
        var first = await SubmitAsync(path, "--detach");

        Assert.Equal(ExitCodes.Refused, refused.ExitCode);
        Assert.Equal(ExitCodes.Success, first.ExitCode);
        Assert.Equal(state.Batch.IdempotencyKey, ReadState("cohort.csv").Batch.IdempotencyKey);
    }

    [Fact]
    public async Task A_key_that_cannot_be_sent_is_named()
    {
        var run = await RunAsync("list", "--api-key", "schlüssel");

        Assert.Equal(ExitCodes.Unusable, run.ExitCode);
        Assert.Contains("ApiKey must be printable ASCII.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_may_not_be_called_is_refused()
    {
        var run = await SubmitAsync(_folder.Csv("cohort.csv", 1), "--webhook", "nowhere");

        Assert.Equal(ExitCodes.Refused, run.ExitCode);
        Assert.Contains("webhook", run.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_no_address_is_refused_before_anything_is_sent()
    {
        var run = await SubmitAsync(_folder.Csv("cohort.csv", 1), "--webhook", "https://host:99999");

        Assert.Equal(ExitCodes.Unusable, run.ExitCode);
        Assert.Contains("The webhook must be an address.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_ends_the_download_at_once()
    {
        var batch = await SubmitAsync(_folder.Csv("cohort.csv", 3));

        var run = await RunAsync("results", batch.BatchId, "-o", Path.Combine(_folder["absent"], "r.ndjson"), "--patience", "3");

        Assert.Equal(ExitCodes.Unusable, run.ExitCode);
        Assert.Contains("absent", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("The connection broke.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_before_every_first_byte_is_given_up_after_a_while()
    {
        var batch = await SubmitAsync(_folder.Csv("cohort.csv", 3));
        await using var relay = new Relay(service.Address, interruption: null) { BreaksLines = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));

        var run = await CommandRun.OfAsync(
            limit.Token, "results", batch.BatchId, "-o", _folder["r.ndjson"], "--patience", "2", "--server", relay.Address.AbsoluteUri);

        Assert.Equal(ExitCodes.Unreachable, run.ExitCode);
    }

    [Fact]
    public async Task A_file_that_changed_is_another_cohort()
    {
        var first = await SubmitAsync(_folder.Csv("cohort.csv", 30), "--detach");

        var second = await SubmitAsync(_folder.Csv("cohort.csv", 31));

        Assert.NotEqual(first.BatchId, second.BatchId);
        Assert.Equal(31, _folder.Lines("cohort.results.ndjson").Length);
    }

    [Theory]
    [InlineData("ndjson", 30_000, true)]
    [InlineData("csv", 3_000, true)]
    [InlineData("csv", 40, false)]
    public async Task Results_that_were_read_in_part_are_read_on(string format, int length, bool isKept)
    {
        var whole = await SubmitAsync(_folder.Csv("cohort.csv", 120), "--results", format);
        var expected = File.ReadAllBytes(_folder[$"cohort.results.{format}"]);
        var marked = expected.ToArray();
        marked[expected.AsSpan().IndexOf("P-0"u8)] = (byte)'X';
        File.WriteAllBytes(_folder[$"again.{format}.{whole.BatchId}.results.{format}.partial"], marked[..length]);

        var again = await RunAsync("results", whole.BatchId, "--format", format, "-o", _folder[$"again.{format}"]);

        Assert.Equal(ExitCodes.Success, again.ExitCode);
        Assert.Equal(isKept ? marked : expected, File.ReadAllBytes(_folder[$"again.{format}"]));
    }

    [Fact]
    public async Task What_was_read_of_another_batch_is_not_gone_on_with()
    {
        var first = await SubmitAsync(_folder.Csv("first.csv", 20), "-o", _folder["r.ndjson"]);
        File.Move(_folder["r.ndjson"], _folder[$"r.ndjson.{first.BatchId}.results.ndjson.partial"]);

        await SubmitAsync(_folder.Csv("second.csv", 30), "-o", _folder["r.ndjson"]);

        Assert.Equal(30, _folder.Lines("r.ndjson").Length);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("ftp://localhost")]
    public async Task A_server_must_be_a_web_address(string server)
    {
        var run = await CommandRun.OfAsync(Cancellation, "list", "--server", server);

        Assert.Equal(ExitCodes.Unusable, run.ExitCode);
        Assert.Contains("The server must be an absolute http or https address.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_given_up_after_a_while()
    {
        var run = await CommandRun.OfAsync(
            Cancellation, "submit", _folder.Csv("cohort.csv", 1), "--server", "http://127.0.0.1:9", "--patience", "1");

        Assert.Equal(ExitCodes.Unreachable, run.ExitCode);
        Assert.Contains("Run the same command again", run.Error, StringComparison.Ordinal);
        Assert.Contains("cohort.csv.submission", _folder.Files());
    }

    [Fact]
    public async Task Batches_are_looked_at_listed_summed_up_and_cancelled()
    {
        var batch = (await SubmitAsync(_folder.Csv("cohort.csv", 60), "--detach")).BatchId;

        var status = await RunAsync("status", batch, "--wait");
        var list = await RunAsync("list");
        var summary = await RunAsync("summary", batch);
        var sent = await SummaryOfAsync(batch);
        var cancel = await RunAsync("cancel", batch);
        var unknown = await RunAsync("status", "22f1f2fd1d77e0000000000000000000");

        Assert.Contains($"{batch} completed: 60 of 60 rows done", status.Output, StringComparison.Ordinal);
        Assert.Contains($"{batch}\t\tcompleted\t60/60\t20", list.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(summary.Output);
        Assert.Equal(60, json.RootElement.GetProperty("cohort").GetProperty("rows").GetInt32());
        Assert.Equal(sent, summary.Output.TrimEnd());
        Assert.Contains("completed", cancel.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Refused, unknown.ExitCode);
    }

    private Task<CommandRun> SubmitAsync(string path, params string[] options) => RunAsync(["submit", path, .. options]);

    private Task<CommandRun> RunAsync(params string[] args) =>
        CommandRun.OfAsync(Cancellation, [.. args, "--server", service.Address.AbsoluteUri]);

    private async Task<string> SummaryOfAsync(string batch)
    {
        using var http = new HttpClient { BaseAddress = service.Address, DefaultRequestHeaders = { { "x-functions-key", "development" } } };
        return await http.GetStringAsync(new Uri($"/api/v1/batches/{batch}/summary", UriKind.Relative), Cancellation);
    }

    private Submission ReadState(string name) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(_folder[$"{name}.submission"]), SubmissionJson.Default.Submission)!;

    private IEnumerable<string> RowIds(string name) => _folder.Lines(name).Select(static line =>
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("rowId").GetString()!;
    });
}
