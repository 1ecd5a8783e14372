using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;

namespace DrugResponse.Client.Tests;

/// <summary>Results as the text that the service sends: opened, and read into a file through interruptions.</summary>
public sealed class DownloadTests : IDisposable
{
    private const string NdJson = "application/x-ndjson";
    private const string Csv = "text/csv";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("client-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder.FullName, "results");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Text_is_opened_behind_a_line_as_it_is_sent()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Content(200, Csv, "a,8,x\r\n"), ScriptedServer.Content(200, NdJson, "{ \"line\": 9 }\n"));
        var api = server.Connect();

        using var results = new StreamReader(await api.OpenBatchResultsAsync("b", BatchFormats.Csv, 7, Cancellation));
        using var errors = new StreamReader(await api.OpenBatchErrorsAsync("b", BatchFormats.NdJson, cancellationToken: Cancellation));

        Assert.Equal("a,8,x\r\n", await results.ReadToEndAsync(Cancellation));
        Assert.Equal("{ \"line\": 9 }\n", await errors.ReadToEndAsync(Cancellation));
        Assert.Equal(
            ["/api/v1/batches/b/results?format=csv&after=7", "/api/v1/batches/b/errors?format=ndjson&after=0"],
            server.Received.Select(static request => request.Path));
    }

    [Fact]
    public async Task Broken_download_is_taken_up_behind_the_last_whole_line()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Broken(NdJson, "{\"line\":3}\n{\"line\":5}\n{\"li"), ScriptedServer.Content(200, NdJson, "{\"line\":6}\n"));
        var told = new Told();

        await server.Connect().DownloadBatchErrorsAsync("b", Target, BatchFormats.NdJson, told, Cancellation);

        Assert.Equal("{\"line\":3}\n{\"line\":5}\n{\"line\":6}\n", await File.ReadAllTextAsync(Target, Cancellation));
        Assert.Equal(["results"], _folder.EnumerateFiles().Select(static file => file.Name));
        Assert.Equal(
            ["/api/v1/batches/b/errors?format=ndjson&after=0", "/api/v1/batches/b/errors?format=ndjson&after=5"],
            server.Received.Select(static request => request.Path));
        Assert.Equal(33, told.Bytes[^1]);
    }

    [Fact]
    public async Task Broken_row_of_several_lines_is_read_again_whole()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Broken(Csv, "rowId,line,drug\r\na,1,x\r\nb,2,x\r\n"), ScriptedServer.Content(200, Csv, "b,2,x\r\nb,2,y\r\n"));

        await server.Connect().DownloadBatchResultsAsync("b", Target, BatchFormats.Csv, cancellationToken: Cancellation);

        Assert.Equal("rowId,line,drug\r\na,1,x\r\nb,2,x\r\nb,2,y\r\n", await File.ReadAllTextAsync(Target, Cancellation));
        Assert.EndsWith("&after=1", server.Received[1].Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BatchFormats.NdJson, NdJson, "{\"line\":1}\n", false)]
    [InlineData(BatchFormats.NdJson, NdJson, "{\"line\":1}\n", true)]
    [InlineData(BatchFormats.Csv, Csv, "rowId,line,drug\r\na,1,x\r\n", false)]
    [InlineData(BatchFormats.Csv, Csv, "rowId,line,drug\r\na,1,x\r\n", true)]
    public async Task Row_that_is_damaged_is_told_and_not_asked_for_again_and_again(string format, string media, string text, bool endures)
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Broken(media, text),
            ScriptedServer.Content(410, "application/problem+json", """{ "type": "urn:drugresponse:problem:row-damaged", "title": "t", "status": 410 }"""));
        var api = server.Connect(options => options.Endurance = endures ? TimeSpan.FromMinutes(10) : null);

        var refusal = await Assert.ThrowsAsync<DrugResponseApiException>(
            () => api.DownloadBatchResultsAsync("b", Target, format, cancellationToken: Cancellation));

        Assert.Equal(ProblemTypes.RowDamaged, refusal.Problem?.Type);
        Assert.EndsWith("&after=1", server.Received[^1].Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_that_falls_silent_is_taken_up_like_one_that_broke(bool endures)
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Silent(NdJson, "{\"line\":1}\n"), ScriptedServer.Content(200, NdJson, "{\"line\":2}\n"));
        var api = server.Connect(options =>
        {
            options.Timeout = TimeSpan.FromSeconds(2);
            options.Endurance = endures ? TimeSpan.FromMinutes(10) : null;
        });

        await api.DownloadBatchResultsAsync("b", Target, BatchFormats.NdJson, cancellationToken: Cancellation);

        Assert.Equal("{\"line\":1}\n{\"line\":2}\n", await File.ReadAllTextAsync(Target, Cancellation));
        Assert.EndsWith("&after=1", server.Received[^1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_process_has_read_is_gone_on_with()
    {
        await File.WriteAllTextAsync($"{Target}.b.results.ndjson.partial", "{\"line\":4}\n{", Cancellation);
        await File.WriteAllTextAsync($"{Target}.other.results.ndjson.partial", "{\"line\":7}\n", Cancellation);
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Content(200, NdJson, "{\"line\":5}\n"));

        await server.Connect().DownloadBatchResultsAsync("b", Target, BatchFormats.NdJson, cancellationToken: Cancellation);

        Assert.Equal("{\"line\":4}\n{\"line\":5}\n", await File.ReadAllTextAsync(Target, Cancellation));
        Assert.EndsWith("&after=4", Assert.Single(server.Received).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_that_breaks_again_and_again_fails_at_last_and_keeps_what_it_has()
    {
        await using var server = await ScriptedServer.StartAsync(
            [ScriptedServer.Broken(NdJson, "{\"line\":1}\n"), .. Enumerable.Repeat(ScriptedServer.Broken(NdJson, "{\"li"), 3)]);

        await Assert.ThrowsAnyAsync<IOException>(
            () => server.Connect().DownloadBatchResultsAsync("b", Target, BatchFormats.NdJson, cancellationToken: Cancellation));

        Assert.Equal(4, server.Received.Count);
        Assert.Equal("{\"line\":1}\n", await File.ReadAllTextAsync($"{Target}.b.results.ndjson.partial", Cancellation));
    }

    [Fact]
    public async Task Rows_begin_endurance_anew_and_bytes_without_a_row_do_not()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Broken(NdJson, "{\"line\":1}\n"),
            ScriptedServer.Broken(NdJson, "{\"line\":2}\n"),
            ScriptedServer.Broken(NdJson, "{\"li"));
        var time = new SteppingTime();
        var api = server.Connect(
            static options => (options.Endurance, options.Timeout) = (TimeSpan.FromSeconds(90), Timeout.InfiniteTimeSpan), time);

        var failure = await Assert.ThrowsAsync<DrugResponseUnavailableException>(
            () => api.DownloadBatchResultsAsync("b", Target, BatchFormats.NdJson, cancellationToken: Cancellation));

        Assert.Equal("The connection broke. It has been so for 00:01:30.", failure.Message);
        Assert.Equal(3, server.Received.Count);
    }

    [Fact]
    public async Task Id_that_would_be_another_file_is_refused() => await Assert.ThrowsAsync<ArgumentException>(async () =>
    {
        await using var server = await ScriptedServer.StartAsync();
        await server.Connect().DownloadBatchResultsAsync("../b", Target, BatchFormats.NdJson, cancellationToken: Cancellation);
    });

    private sealed class Told : IProgress<long>
    {
        public List<long> Bytes { get; } = [];

        public void Report(long value) => Bytes.Add(value);
    }

    /// <summary>A clock by which a minute passes whenever somebody looks, and pauses are over at once.</summary>
    private sealed class SteppingTime : TimeProvider
    {
        private long _minutes;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => 60 * _minutes++;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
