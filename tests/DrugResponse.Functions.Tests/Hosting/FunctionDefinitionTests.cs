using DrugResponse.Functions.Hosting;
using Microsoft.Extensions.Configuration;

namespace DrugResponse.Functions.Tests.Hosting;

public sealed class FunctionDefinitionTests
{
    [Fact]
    public void Every_kind_of_trigger_is_read()
    {
        var definitions = Read(
            ("Answer", """
                { "bindings": [
                  { "type": "httpTrigger", "name": "req", "methods": ["get", "post"], "route": "v1/x/{id}" },
                  { "type": "http", "direction": "out", "name": "res" } ] }
                """),
            ("Receive", """
                { "bindings": [
                  { "type": "queueTrigger", "name": "message", "queueName": "%QueueName%", "dataType": "binary" } ] }
                """),
            ("Tick", """
                { "bindings": [
                  { "type": "timerTrigger", "name": "tick", "schedule": "0 */5 * * * *", "runOnStartup": true } ] }
                """));

        Assert.Collection(
            definitions,
            static answer =>
            {
                Assert.Equal("Answer", answer.Name);
                var http = Assert.IsType<HttpTrigger>(answer.Trigger);
                Assert.Equal("v1/x/{id}", http.Route);
                Assert.Equal(["get", "post"], http.Methods);
            },
            static receive => Assert.Equal(
                new FunctionDefinition("Receive", new QueueTrigger("message", "jobs", "AzureWebJobsStorage", IsBinary: true)), receive),
            static tick => Assert.Equal(
                new FunctionDefinition("Tick", new TimerTrigger("tick", "0 */5 * * * *", RunOnStartup: true)), tick));
    }

    [Theory]
    [InlineData("""{ "bindings": [] }""")]
    [InlineData("""{ "bindings": [ { "type": "httpTrigger", "name": "a", "route": "a" }, { "type": "httpTrigger", "name": "b", "route": "b" } ] }""")]
    [InlineData("""{ "bindings": [ { "type": "smokeTrigger", "name": "a" } ] }""")]
    [InlineData("""{ "bindings": [ { "type": "queueTrigger", "name": "a" } ] }""")]
    [InlineData("""{ "bindings": [ { "type": "queueTrigger", "name": "a", "queueName": "%Missing%" } ] }""")]
    [InlineData("""{ "bindings": {} }""")]
    [InlineData("""{ "bindings": [ 1 ] }""")]
    [InlineData("""{ """)]
    [InlineData("""{}""")]
    public void A_definition_that_cannot_be_served_is_named(string json)
    {
        var fault = Assert.Throws<StartupException>(() => Read(("Broken", json)));

        Assert.Contains("Broken/function.json", fault.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<FunctionDefinition> Read(params (string Name, string Json)[] functions)
    {
        var root = Directory.CreateTempSubdirectory("definitions-");
        root.CreateSubdirectory("runtimes");
        foreach (var (name, json) in functions)
            File.WriteAllText(Path.Combine(root.CreateSubdirectory(name).FullName, FunctionDefinition.FileName), json);

        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("QueueName", (string?)"Jobs")]).Build();
        return FunctionDefinition.ReadAll(root.FullName, settings);
    }
}
