using System.Net;
using System.Text;
using Azure.Storage.Queues;
using DrugResponse.EndToEnd.Processes;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;

namespace DrugResponse.EndToEnd;

/// <summary>The app by itself, as on a developer's machine or in a container.</summary>
public sealed class StandaloneTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serves_the_same_routes_as_behind_the_host_but_no_trigger_function()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var app = await StandaloneApp.StartAsync(ProductionSettings.For(emulator.ConnectionString));

        using var live = await app.Http.GetAsync("/api/health/live", Cancellation);
        using var payload = new StringContent("""{"Data":{"message":""}}""");
        using var function = await app.Http.PostAsync("/ScoreQueuedPatient", payload, Cancellation);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, function.StatusCode);
    }

    [Fact]
    public async Task Works_off_the_queue_by_itself_and_moves_what_makes_no_sense_to_the_poison_queue()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        var service = new QueueServiceClient(emulator.ConnectionString);
        var queue = service.GetQueueClient("prediction-requests");
        await queue.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await queue.SendMessageAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes("no JSON")), Cancellation);

        await using var app = await StandaloneApp.StartAsync(
        [
            .. ProductionSettings.For(emulator.ConnectionString),
            ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
            ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.2"),
        ]);

        var poison = service.GetQueueClient("prediction-requests-poison");
        await Eventually.TrueAsync(
            async () => await poison.ExistsAsync(Cancellation) && (await poison.PeekMessageAsync(Cancellation)).Value is not null,
            "the message lies in the poison queue");
        Assert.Equal(5, app.Process.Output.Count(static line => line.Contains("failed on attempt", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Is_not_ready_while_the_storage_is_away_and_recovers_when_it_is_back()
    {
        var data = Directory.CreateTempSubdirectory("standalone-outage-");
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions { DataDirectory = data.FullName }, Cancellation);
        await using var app = await StandaloneApp.StartAsync(ProductionSettings.For(emulator.ConnectionString));
        await Eventually.TrueAsync(async () => await StorageAsync(app) == "ready", "the storage is ready");

        await emulator.StopAsync(Cancellation);
        await Eventually.TrueAsync(async () => await StorageAsync(app) == "not-ready", "the storage is not ready");
        using var ready = await app.Http.GetAsync("/api/health/ready", Cancellation);
        using var live = await app.Http.GetAsync("/api/health/live", Cancellation);
        await emulator.RestartAsync(Cancellation);
        await Eventually.TrueAsync(async () => await StorageAsync(app) == "ready", "the storage is ready again");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task Ends_with_exit_code_0_when_it_is_asked_to_stop()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var app = await StandaloneApp.StartAsync(ProductionSettings.For(emulator.ConnectionString));

        Assert.Equal(0, await app.Process.TerminateAsync());
    }

    [Theory]
    [InlineData("DrugResponse__Hosting__Port", "70000", "Port")]
    [InlineData("DrugResponse__Hosting__Address", "nowhere", "DrugResponse:Hosting:Address")]
    [InlineData("DrugResponse__Triggers__MessageInvisibility", "00:00:00", "MessageInvisibility")]
    [InlineData("AzureWebJobsStorage", "rubbish", "AzureWebJobsStorage")]
    [InlineData("AzureWebJobsStorage", "", "AzureWebJobsStorage")]
    public async Task Says_in_one_line_which_setting_keeps_it_from_starting(string setting, string value, string expected)
    {
        await using var app = AppProcess.Start(
        [
            .. ProductionSettings.For("UseDevelopmentStorage=true").Select(static pair => KeyValuePair.Create(pair.Name, pair.Value)),
            KeyValuePair.Create("DrugResponse__Hosting__Address", "127.0.0.1"),
            KeyValuePair.Create("DrugResponse__Hosting__Port", "0"),
            KeyValuePair.Create(setting, value),
        ]);

        var exitCode = await app.ExitAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(expected, Assert.Single(app.Errors), StringComparison.Ordinal);
    }

    private static async Task<string?> StorageAsync(StandaloneApp app)
    {
        using var response = await app.Http.GetAsync("/api/health/ready", Cancellation);
        return await Readiness.OfAsync(response, "storage");
    }
}
