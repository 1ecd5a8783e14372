using System.Globalization;
using DrugResponse.EndToEnd.Processes;
using DrugResponse.Storage.Development;

namespace DrugResponse.EndToEnd.Batches;

/// <summary>
/// Batches in real processes that are killed, share their work, or lose their storage for a while. The number of rows is small here; to run
/// at full size set <c>DRUGRESPONSE_BATCH_ROWS=100000</c>.
/// </summary>
public sealed class BatchFaultTests
{
    private const int FewRows = 2000;

    private static readonly int Rows =
        int.TryParse(Environment.GetEnvironmentVariable("DRUGRESPONSE_BATCH_ROWS"), CultureInfo.InvariantCulture, out var rows) ? rows : FewRows;

    private static readonly bool IsFullSize = Rows > FewRows;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_share_one_batch()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var one = await StartAsync(emulator);
        await using var other = await StartAsync(emulator);
        using var client = new BatchClient(() => one.Http.BaseAddress!, Rows);

        var batchId = await client.SubmitAsync();
        await client.EndAsync(batchId);

        await client.AssertWholeAsync(batchId);
        Assert.All([one, other], static app => Assert.Contains(app.Process.Output, static line => line.Contains(" is done: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_process_that_is_killed_again_and_again_loses_and_doubles_nothing()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        var random = new Random(7);
        var app = await StartAsync(emulator);
        try
        {
            using var client = new BatchClient(() => app.Http.BaseAddress!, Rows);
            var submitting = client.SubmitAsync();
            string? batchId = null;
            DateTimeOffset? firstKillAt = null;
            for (var kills = 0; kills < (IsFullSize ? 12 : 4); kills++)
            {
                // They come whenever they come, the first perhaps before the batch is accepted; the second meets it half done for certain.
                if (kills == 1)
                    batchId = await HalfDoneAsync(client, submitting);
                else
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(IsFullSize ? 4000 : 700)), Cancellation);
                firstKillAt ??= batchId is null ? null : TimeProvider.System.GetUtcNow();
                await app.Process.KillAsync();
                await app.DisposeAsync();
                app = await StartAsync(emulator);
                batchId ??= submitting.IsCompleted ? await submitting : null;
                if (batchId is not null && await client.HasEndedAsync(batchId))
                    break;
            }

            batchId ??= await submitting;
            await client.EndAsync(batchId);

            await client.AssertWholeAsync(batchId);
            Assert.True(await client.FinishedAtAsync(batchId) > firstKillAt, "No kill met an unfinished batch.");
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_batch_goes_on_after_its_storage_was_away()
    {
        var data = Directory.CreateTempSubdirectory("batch-outage-");
        try
        {
            await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions { DataDirectory = data.FullName }, Cancellation);
            await using var app = await StartAsync(emulator);
            using var client = new BatchClient(() => app.Http.BaseAddress!, Rows);
            var batchId = await client.SubmitAsync();
            await UntilBegunAsync(client, batchId);

            await emulator.StopAsync(Cancellation);
            var stoppedAt = TimeProvider.System.GetUtcNow();
            await Task.Delay(TimeSpan.FromSeconds(20), Cancellation);
            await emulator.RestartAsync(Cancellation);
            await client.EndAsync(batchId);

            await client.AssertWholeAsync(batchId);
            Assert.True(await client.FinishedAtAsync(batchId) > stoppedAt, "The batch had ended before its storage went away.");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<string> HalfDoneAsync(BatchClient client, Task<string> submitting)
    {
        var batchId = await submitting;
        await UntilBegunAsync(client, batchId);
        return batchId;
    }

    private static async Task UntilBegunAsync(BatchClient client, string batchId)
    {
        while (await client.DoneAsync(batchId) is not > 0)
            await Task.Delay(20, Cancellation);
    }

    // A chunk takes some tenths of a second, so that kills and outages meet chunks half done.
    private static Task<StandaloneApp> StartAsync(AzuriteEmulator emulator) => StandaloneApp.StartAsync(
        ("ASPNETCORE_ENVIRONMENT", "Development"),
        ("AzureWebJobsStorage", emulator.ConnectionString),
        ("DrugResponse__Batches__ChunkRows", IsFullSize ? "1000" : "100"),
        ("DrugResponse__Triggers__MessageInvisibility", "00:00:04"),
        ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:01"),
        ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.5"));
}
