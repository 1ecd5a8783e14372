using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using DrugResponse.Contracts.Batches;
using Microsoft.AspNetCore.Http;

namespace DrugResponse.Client.Tests;

/// <summary>Cohorts that are uploaded in blocks: sent, and gone on with. One server plays both the service and its storage.</summary>
public sealed class UploadTests
{
    private const string Submitted = "/api/v1/batches?results=ndjson&upload=u&input=csv";

    // Two whole blocks and a short one.
    private static readonly byte[] Bytes =
        [.. Enumerable.Range(0, 2 * CohortUpload.BlockBytes + 5).Select(static index => (byte)('a' + index / CohortUpload.BlockBytes))];

    private static readonly RequestDelegate Created = ScriptedServer.Content(201, "application/xml", "");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Long_input_is_uploaded_in_blocks_and_then_submitted()
    {
        await using var server = await ScriptedServer.StartAsync(
            Address(), Created, Created, Created, Created, ScriptedServer.Json(202, CohortTests.Accepted));
        var kept = new List<CohortUpload>();

        var batch = await server.Connect(static options => options.ApiKey = "secret-key")
            .SubmitBatchAsync(Cohort(kept), new BatchSubmission { IdempotencyKey = "k" }, Cancellation);

        Assert.Equal("b", batch.BatchId);
        Assert.Equal(
            ["/api/v1/batches/uploads", Block(0), Block(1), Block(2), "/blob?sig=s&comp=blocklist", Submitted],
            server.Received.Select(static request => request.Path));
        Assert.Equal(["a", "b", "ccccc"], server.Received.Skip(1).Take(3).Select(static request => Unit(request.Body)));
        Assert.Contains(
            $"<Latest>{Name(0)}</Latest><Latest>{Name(1)}</Latest><Latest>{Name(2)}</Latest>",
            server.Received[4].Body,
            StringComparison.Ordinal);
        Assert.Equal(
            [(0, false), (1, false), (2, false), (3, false), (3, true)], kept.Select(static one => (one.SentBlocks, one.IsCommitted)));
        Assert.All(kept, static one => Assert.Equal(3, one.Blocks));
    }

    [Fact]
    public async Task Storage_gets_no_credentials_and_the_service_all_of_them()
    {
        await using var server = await ScriptedServer.StartAsync(
            Address(), Created, Created, Created, Created, ScriptedServer.Json(202, CohortTests.Accepted));

        await server.Connect(static options => options.ApiKey = "secret-key")
            .SubmitBatchAsync(Cohort(), new BatchSubmission(), Cancellation);

        Assert.Equal(
            ["/api/v1/batches/uploads", Submitted],
            server.Received.Where(static request => request.Headers.ContainsKey("x-functions-key")).Select(static request => request.Path));
        Assert.Equal(6, server.Received.Count);
    }

    [Fact]
    public async Task Block_is_not_sent_to_where_storage_redirects()
    {
        await using var elsewhere = await ScriptedServer.StartAsync(Created);
        await using var server = await ScriptedServer.StartAsync(
            Address(), ScriptedServer.Content(307, "application/xml", "", ("Location", elsewhere.Address.AbsoluteUri)));

        var failure = await Assert.ThrowsAsync<DrugResponseApiException>(
            () => server.Connect().SubmitBatchAsync(Cohort(), new BatchSubmission(), Cancellation));

        Assert.Equal(HttpStatusCode.TemporaryRedirect, failure.StatusCode);
        Assert.Empty(elsewhere.Received);
    }

    [Fact]
    public async Task Block_that_fails_is_sent_again_alone()
    {
        await using var server = await ScriptedServer.StartAsync(
            Address(), Created, ScriptedServer.Content(503, "application/xml", ""), ScriptedServer.Aborted, Created, Created, Created,
            ScriptedServer.Json(202, CohortTests.Accepted));

        await server.Connect().SubmitBatchAsync(Cohort(), new BatchSubmission(), Cancellation);

        Assert.Equal(
            [Block(0), Block(1), Block(1), Block(1), Block(2)], server.Received.Skip(1).Take(5).Select(static request => request.Path));
        Assert.All(server.Received.Skip(2).Take(3), static request => Assert.Equal("b", Unit(request.Body)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_that_was_broken_off_is_gone_on_with_by_another_process(bool canSeek)
    {
        await using var server = await ScriptedServer.StartAsync(
            Address(), Created, ScriptedServer.Content(403, "application/xml", ""),
            Created, Created, Created, ScriptedServer.Json(202, CohortTests.Accepted));
        var kept = new List<CohortUpload>();
        var refusal = await Assert.ThrowsAsync<DrugResponseApiException>(
            () => server.Connect().SubmitBatchAsync(Cohort(kept), new BatchSubmission(), Cancellation));
        var written = JsonSerializer.Serialize(kept[^1]);

        var again = Cohort() with { Upload = JsonSerializer.Deserialize<CohortUpload>(written) };
        if (!canSeek)
            again = again with { Open = Compressed() };
        await server.Connect().SubmitBatchAsync(again, new BatchSubmission(), Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, refusal.StatusCode);
        Assert.Equal(
            [Block(1), Block(2), "/blob?sig=s&comp=blocklist", Submitted], server.Received.Skip(3).Select(static request => request.Path));
        Assert.Equal(["b", "ccccc"], [Unit(server.Received[3].Body), Unit(server.Received[4].Body)]);
    }

    [Fact]
    public async Task Upload_that_is_complete_is_only_submitted()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(202, CohortTests.Accepted));
        var complete = Earlier() with { IsCommitted = true, ExpiresAt = DateTimeOffset.UnixEpoch };

        await server.Connect().SubmitBatchAsync(Cohort() with { Upload = complete }, new BatchSubmission(), Cancellation);

        Assert.Equal(Submitted, Assert.Single(server.Received).Path);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(60, 4)]
    public async Task Upload_that_expires_soon_or_is_of_another_length_is_begun_anew(int minutes, int blocks)
    {
        await using var server = await ScriptedServer.StartAsync(
            Address(), Created, Created, Created, Created, ScriptedServer.Json(202, CohortTests.Accepted));
        var earlier = Earlier() with { ExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(minutes), Blocks = blocks, SentBlocks = 2 };

        await server.Connect().SubmitBatchAsync(Cohort() with { Upload = earlier }, new BatchSubmission(), Cancellation);

        Assert.Equal(["/api/v1/batches/uploads", Block(0)], server.Received.Take(2).Select(static request => request.Path));
    }

    [Fact]
    public async Task Input_that_is_too_large_is_not_begun_with()
    {
        await using var server = await ScriptedServer.StartAsync(Address(maxBytes: 100));
        var kept = new List<CohortUpload>();

        var failure = await Assert.ThrowsAsync<CohortTooLargeException>(
            () => server.Connect().SubmitBatchAsync(Cohort(kept), new BatchSubmission(), Cancellation));

        Assert.Equal((Bytes.Length, 100L), (failure.Length, failure.MaxBytes));
        Assert.Empty(kept);
    }

    [Fact]
    public async Task Input_that_is_shorter_than_it_says_is_never_made_a_file()
    {
        await using var server = await ScriptedServer.StartAsync(Address(), Created, Created);

        await Assert.ThrowsAsync<EndOfStreamException>(() => server.Connect().SubmitBatchAsync(
            Cohort() with { Open = static () => new MemoryStream(Bytes, 0, Bytes.Length - 1) }, new BatchSubmission(), Cancellation));

        Assert.Equal(Block(1), server.Received[^1].Path);
    }

    [Fact]
    public async Task Outage_of_storage_is_told_and_outlasted_without_its_address()
    {
        await using var server = await ScriptedServer.StartAsync(
            [
                Address(), .. Enumerable.Repeat(ScriptedServer.Content(500, "application/xml", ""), 8), ScriptedServer.Aborted,
                Created, Created, Created, Created, ScriptedServer.Json(202, CohortTests.Accepted),
            ]);
        var told = new List<RetryNotice>();
        var api = server.Connect(options => (options.Endurance, options.Retrying) = (TimeSpan.FromHours(1), told.Add));

        await api.SubmitBatchAsync(Cohort(), new BatchSubmission(), Cancellation);

        Assert.Equal(
            ["The storage that takes the upload answers 500.", "The storage that takes the upload cannot be reached."],
            told.Select(static one => one.Fault).Distinct());
    }

    private static CohortInput Cohort(List<CohortUpload>? kept = null) => new()
    {
        Format = BatchFormats.Csv,
        Length = Bytes.Length,
        Open = static () => new MemoryStream(Bytes),
        KeepUpload = (upload, _) =>
        {
            kept?.Add(upload);
            return ValueTask.CompletedTask;
        },
    };

    private static CohortUpload Earlier() => new()
    {
        UploadId = "u", Address = new Uri("http://localhost/blob?sig=s"), ExpiresAt = DateTimeOffset.MaxValue, Blocks = 3, SentBlocks = 3,
    };

    // A stream that can only be read on.
    private static Func<Stream> Compressed()
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
            gzip.Write(Bytes);
        var compressed = file.ToArray();
        return () => new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
    }

    private static RequestDelegate Address(long maxBytes = long.MaxValue) => context => ScriptedServer.Json(
        201,
        $$"""
        { "uploadId": "u", "address": "http://{{context.Request.Host}}/blob?sig=s",
          "expiresAt": "2100-01-01T00:00:00Z", "maxBytes": {{maxBytes}} }
        """)(context);

    private static string Block(int number) => $"/blob?sig=s&comp=block&blockid={Uri.EscapeDataString(Name(number))}";

    private static string Name(int number) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"00000{number}"));

    // A whole block by the one letter of which it consists.
    private static string Unit(string block) => block.Length < 10 ? block
        : block.Length == CohortUpload.BlockBytes && block.All(letter => letter == block[0]) ? block[..1]
        : $"{block.Length} bytes";
}
