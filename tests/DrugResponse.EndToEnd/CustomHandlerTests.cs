using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using Azure.Storage.Queues;
using DrugResponse.EndToEnd.Processes;
using DrugResponse.Testing;

namespace DrugResponse.EndToEnd;

/// <summary>The app as the custom handler of the Azure Functions host.</summary>
public sealed class CustomHandlerTests(AzuriteFixture azurite)
{
    private const string QueueFunction = "ScoreQueuedPatient";
    private const string QueueBinding = "message";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listens_at_the_hosts_port_and_nowhere_else()
    {
        await using var host = await StartAsync();

        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(endpoint => endpoint.Port == host.Port);

        Assert.Equal([new IPEndPoint(IPAddress.Loopback, host.Port)], listening);
        Assert.Equal(
            [$"http://127.0.0.1:{host.Port}"],
            host.App.Output
                .Where(static line => line.Contains("Now listening on", StringComparison.Ordinal))
                .Select(static line => line[(line.LastIndexOf(' ') + 1)..]));
        Assert.Contains(
            host.App.Output, static line => line.Contains($"Content root path: {AppProcess.AppFolder}", StringComparison.Ordinal));
        Assert.Empty(host.App.Errors);
    }

    [Theory]
    [InlineData(HttpForwarding.Proxy)]
    [InlineData(HttpForwarding.Forward)]
    public async Task Answers_http_requests_below_the_route_prefix(HttpForwarding forwarding)
    {
        await using var host = await StartAsync();

        using var live = await host.SendAsync(forwarding, HttpMethod.Get, "/api/health/live?probe=a&probe=b");
        using var withoutPrefix = await host.SendAsync(forwarding, HttpMethod.Get, "/health/live");

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal("""{"status":"alive"}""", await live.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, withoutPrefix.StatusCode);
    }

    [Fact]
    public async Task Says_what_is_wrong_when_a_forwarding_host_lost_a_body_of_unknown_length()
    {
        await using var host = await StartAsync();
        host.Key = await Command.CreateKeyAsync(azurite.ConnectionString);
        using var body = new UnknownLengthContent("{}"u8.ToArray(), "application/json");

        using var response = await host.SendAsync(HttpForwarding.Forward, HttpMethod.Post, "/api/v1/predictions", body);

        Assert.InRange((int)response.StatusCode, 400, 499);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(HttpForwarding.Proxy)]
    [InlineData(HttpForwarding.Forward)]
    public async Task Becomes_ready_when_its_storage_answers(HttpForwarding forwarding)
    {
        await using var host = await StartAsync();

        await Eventually.TrueAsync(
            async () =>
            {
                using var ready = await host.SendAsync(forwarding, HttpMethod.Get, "/api/health/ready");
                return await Readiness.OfAsync(ready, "storage") == "ready";
            },
            "the storage is ready");
    }

    [Theory]
    [InlineData(PayloadForm.Binary)]
    [InlineData(PayloadForm.DoubleEncodedText)]
    public async Task Answers_an_object_even_to_a_message_that_makes_no_sense(PayloadForm form)
    {
        await using var host = await StartAsync();

        string[] bodies = ["", "no JSON", "null", "[]", """{"id":"made-up","dequeueCount":{"a":1},"popReceipt":null,"v":"?"}"""];
        foreach (var body in bodies)
            Assert.Equal(InvocationVerdict.Failed, await host.InvokeAsync(QueueFunction, QueueBinding, Encoding.UTF8.GetBytes(body), form));
    }

    [Fact]
    public async Task Lets_a_message_that_makes_no_sense_end_in_the_poison_queue_after_five_attempts()
    {
        await using var host = await StartAsync();
        var pump = new QueuePump(
            new QueueServiceClient(azurite.ConnectionString), AzuriteFixture.UniqueName("q"), host, QueueFunction, QueueBinding);
        var body = Encoding.UTF8.GetBytes("no JSON");
        await pump.SendAsync(body);

        await pump.RunUntilEmptyAsync();

        Assert.Equal(Enumerable.Repeat(InvocationVerdict.Failed, 5), pump.Verdicts);
        Assert.Equal(Convert.ToBase64String(body), (await pump.Poison.PeekMessageAsync(Cancellation)).Value.Body.ToString());
    }

    [Fact]
    public async Task Starts_again_at_the_same_port_after_it_was_killed()
    {
        await using var host = await StartAsync();
        var killed = host.App;

        await host.RestartHandlerAsync();
        using var live = await host.SendAsync(HttpForwarding.Proxy, HttpMethod.Get, "/api/health/live");

        Assert.NotSame(killed, host.App);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task Never_ends_with_exit_code_0_since_the_host_would_not_restart_it()
    {
        await using var host = await StartAsync();

        Assert.Equal(200, await host.App.TerminateAsync());
    }

    [Theory]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT", "none", "FUNCTIONS_CUSTOMHANDLER_PORT is 'none'")]
    [InlineData("AzureFunctionsJobHost__extensions__http__routePrefix", "", "routePrefix")]
    public async Task Says_in_one_line_why_it_cannot_start(string setting, string value, string expected)
    {
        await using var app = AppProcess.Start(
            FunctionsHostStandIn.HostEnvironment(FunctionsHostStandIn.FindFreePort(), [.. Settings(), (setting, value)]));

        var exitCode = await app.ExitAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(expected, Assert.Single(app.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_when_the_port_is_taken()
    {
        await using var host = await StartAsync();
        await using var second = AppProcess.Start(FunctionsHostStandIn.HostEnvironment(host.Port, Settings()));

        var exitCode = await second.ExitAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("address already in use", Assert.Single(second.Errors), StringComparison.Ordinal);
    }

    private (string Name, string Value)[] Settings() => ProductionSettings.For(azurite.ConnectionString);

    private Task<FunctionsHostStandIn> StartAsync() => FunctionsHostStandIn.StartAsync(Settings());
}
