using DrugResponse.Functions.Hosting;
using Microsoft.Extensions.Configuration;

namespace DrugResponse.Functions.Tests.Hosting;

public sealed class HostJsonTests
{
    [Fact]
    public void The_file_beside_the_program_keeps_the_prefix_and_spreads_out_failed_attempts()
    {
        var hostJson = HostJson.Read(AppContext.BaseDirectory, Settings());

        Assert.Equal("api", hostJson.RoutePrefix);
        Assert.Equal(TimeSpan.FromMinutes(5), hostJson.FunctionTimeout);
        Assert.Equal(5, hostJson.Queues.MaxDequeueCount);
        Assert.Equal(TimeSpan.FromSeconds(2), hostJson.Queues.MaxPollingInterval);
        Assert.Equal(TimeSpan.FromSeconds(10), hostJson.Queues.VisibilityTimeout);
        Assert.True(hostJson.Queues.MessagesAreBase64);
    }

    [Fact]
    public void What_the_file_leaves_out_has_the_default_of_the_functions_host()
    {
        var hostJson = Read("""{ "version": "2.0" }""");

        Assert.Equal("api", hostJson.RoutePrefix);
        Assert.Equal(TimeSpan.FromMinutes(30), hostJson.FunctionTimeout);
        Assert.Equal(new QueueSettings(16, null, 5, TimeSpan.Zero, null, MessagesAreBase64: true), hostJson.Queues);
    }

    [Fact]
    public void Settings_override_the_file()
    {
        var hostJson = Read(
            """{ "version": "2.0", "extensions": { "queues": { "batchSize": 4 } } }""",
            ("AzureFunctionsJobHost:extensions:queues:batchSize", "1"),
            ("AzureFunctionsJobHost:extensions:queues:newBatchThreshold", "0"),
            ("AzureFunctionsJobHost:functionTimeout", "-1"));

        Assert.Equal(1, hostJson.Queues.BatchSize);
        Assert.Equal(0, hostJson.Queues.NewBatchThreshold);
        Assert.Equal(Timeout.InfiniteTimeSpan, hostJson.FunctionTimeout);
    }

    [Theory]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "" } } }""", "extensions.http.routePrefix")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "/" } } }""", "extensions.http.routePrefix")]
    [InlineData("""{ "extensions": { "queues": { "batchSize": 33 } } }""", "extensions.queues.batchSize")]
    [InlineData("""{ "extensions": { "queues": { "batchSize": "many" } } }""", "extensions.queues.batchSize")]
    [InlineData("""{ "extensions": { "queues": { "maxDequeueCount": 0 } } }""", "extensions.queues.maxDequeueCount")]
    [InlineData("""{ "extensions": { "queues": { "visibilityTimeout": "soon" } } }""", "extensions.queues.visibilityTimeout")]
    [InlineData("""{ "extensions": { "queues": { "messageEncoding": "rot13" } } }""", "extensions.queues.messageEncoding")]
    [InlineData("""{ "functionTimeout": "-00:05:00" }""", "functionTimeout")]
    [InlineData("""{ "version": """, "not valid JSON")]
    public void A_value_that_cannot_be_used_is_named(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<StartupException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("host-json-").FullName;

        var fault = Assert.Throws<StartupException>(() => HostJson.Read(folder, Settings()));

        Assert.Contains(Path.Combine(folder, "host.json"), fault.Message, StringComparison.Ordinal);
    }

    private static HostJson Read(string json, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("host-json-").FullName;
        File.WriteAllText(Path.Combine(folder, "host.json"), json);
        return HostJson.Read(folder, Settings(settings));
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
            .Build();
}
