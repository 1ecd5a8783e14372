using System.Text.Json;
using DrugResponse.Client.Cli.Submissions;

namespace DrugResponse.Client.Cli.Tests;

/// <summary>What lies beside the input after a submission is of this submission, whatever lay there before.</summary>
public sealed class OutputTests(RunningService service) : IClassFixture<RunningService>, IDisposable
{
    private readonly CohortFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ndjson", 0)]
    [InlineData("csv", 1)]
    public async Task Corrected_file_leaves_no_errors_of_the_run_before(string format, int headerLines)
    {
        await SubmitAsync(_folder.Csv("cohort.csv", 5, 3), "--results", format);
        var before = _folder.Lines($"cohort.errors.{format}");

        var run = await SubmitAsync(_folder.Csv("cohort.csv", 6), "--results", format);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(headerLines + 1, before.Length);
        Assert.Equal(headerLines, _folder.Lines($"cohort.errors.{format}").Length);
    }

    [Fact]
    public async Task Batch_without_results_leaves_no_results_of_the_run_before()
    {
        await SubmitAsync(_folder.Csv("cohort.csv", 5));

        var run = await SubmitAsync(_folder.Write("cohort.csv", "rowId,patient.wieghtKg\na,1\n"), "--upload-above", "0");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Empty(_folder.Lines("cohort.results.ndjson"));
        Assert.Empty(_folder.Lines("cohort.errors.ndjson"));
    }

    [Theory]
    [InlineData("same.nd", "same.nd")]
    [InlineData("cohort.csv", "e.nd")]
    [InlineData("r.nd", "cohort.csv")]
    [InlineData("r.nd", "cohort.csv.submission")]
    [InlineData("absent/r.nd", "e.nd")]
    [InlineData("r.nd", "absent/e.nd")]
    [InlineData(".", "e.nd")]
    public async Task Outputs_that_cannot_be_are_refused_before_anything_is_sent(string results, string errors)
    {
        var path = _folder.Csv("cohort.csv", 3);
        var before = await File.ReadAllTextAsync(path, Cancellation);

        var run = await SubmitAsync(path, "-o", _folder[results], "--errors", _folder[errors]);

        Assert.Equal(ExitCodes.Unusable, run.ExitCode);
        Assert.NotEmpty(run.Error);
        Assert.Empty(run.Output);
        Assert.Equal(["cohort.csv"], _folder.Files());
        Assert.Equal(before, await File.ReadAllTextAsync(path, Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Batch_that_is_gone_is_forgotten_and_the_file_sent_anew(bool detach)
    {
        const string gone = "22f1f2fd1d77e0000000000000000000";
        var path = _folder.Csv("cohort.csv", 4);
        await SubmitAsync(path, "--detach");
        var kept = JsonSerializer.Deserialize(
            await File.ReadAllBytesAsync(_folder["cohort.csv.submission"], Cancellation), SubmissionJson.Default.Submission)!;
        (kept with { BatchId = gone }).Save(InputFile.Find(path, null));

        var run = await SubmitAsync([path, .. detach ? ["--detach"] : Array.Empty<string>()]);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains($"Batch {gone}, sent earlier, is not there any more.", run.Output, StringComparison.Ordinal);
        Assert.Equal(!detach, File.Exists(_folder["cohort.results.ndjson"]));
    }

    [Fact]
    public async Task List_has_every_batch_with_its_name_and_day()
    {
        for (var number = 0; number < 22; number++)
            await SubmitAsync(_folder.Csv($"{number}.csv", 1), "--detach", "--name", $"arm {number}");

        var run = await CommandRun.OfAsync(Cancellation, "list", "--server", service.Address.AbsoluteUri);

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("BATCH\tNAME\tSTATE\tROWS\tCREATED", lines[0]);
        Assert.Equal(
            Enumerable.Range(0, 22).Select(static number => $"arm {number}").Order(StringComparer.Ordinal),
            lines.Select(static line => line.Split('\t')[1]).Where(static name => name.StartsWith("arm ", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
        Assert.All(lines.Skip(1), static line => Assert.Matches(@"\t\d+/(\d+|\?)\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", line));
    }

    private Task<CommandRun> SubmitAsync(params string[] arguments) =>
        CommandRun.OfAsync(Cancellation, ["submit", .. arguments, "--server", service.Address.AbsoluteUri]);
}
