using System.Text.Json;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.Functions.Tests.Hosting;

/// <summary>
/// Holds the function definitions, by which the Functions host routes, against the endpoints of the whole app. Behind the
/// host an endpoint without a definition cannot be reached, and a definition without an endpoint answers nothing.
/// </summary>
public sealed class DefinitionsAndEndpointsTests(AzuriteFixture azurite)
{
    private static readonly HashSet<string> QueuesOfTheDesign = ["prediction-requests", "batch-chunks", "batch-control"];

    [Fact]
    public async Task Every_http_definition_has_its_endpoint_and_every_endpoint_its_definition()
    {
        await using var app = StartApp();
        var prefix = app.Services.GetRequiredService<HostJson>().RoutePrefix;

        var defined = Definitions()
            .Where(static function => function.Trigger is HttpTrigger)
            .SelectMany(static function => ((HttpTrigger)function.Trigger).Methods.Select(
                method => $"{function.Name}: {method.ToUpperInvariant()} {((HttpTrigger)function.Trigger).Route}"));
        var mapped = Endpoints(app)
            .Where(static endpoint => endpoint.Metadata.GetMetadata<TriggerFunctionMetadata>() is null)
            .Where(static endpoint => endpoint.RoutePattern.RawText is not "/")
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(
                method => $"{FunctionOf(endpoint)}: {method} {WithoutPrefix(endpoint.RoutePattern.RawText!, prefix)}"));

        Assert.Equal(defined.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_trigger_definition_has_its_endpoint_and_every_trigger_endpoint_its_definition()
    {
        await using var app = StartApp();

        var defined = Definitions()
            .Where(static function => function.Trigger is not HttpTrigger)
            .Select(static function => function.Trigger is QueueTrigger queue
                ? $"{TriggerKind.Queue} /{function.Name} {queue.QueueName}"
                : $"{TriggerKind.Timer} /{function.Name} ");
        var mapped = Endpoints(app)
            .Select(static endpoint =>
                (Path: endpoint.RoutePattern.RawText, Function: endpoint.Metadata.GetMetadata<TriggerFunctionMetadata>()))
            .Where(static mapped => mapped.Function is not null)
            .Select(static mapped => $"{mapped.Function!.Kind} {mapped.Path} {mapped.Function.QueueName}");

        Assert.Equal(defined.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Queue_definitions_name_a_queue_of_the_app_and_hand_over_bytes()
    {
        var queues = Definitions().Select(static function => function.Trigger).OfType<QueueTrigger>().ToArray();

        Assert.NotEmpty(queues);
        Assert.All(queues, static queue =>
        {
            Assert.Contains(queue.QueueName, QueuesOfTheDesign);
            Assert.Equal("AzureWebJobsStorage", queue.Connection);
            Assert.True(queue.IsBinary);
        });
        Assert.Distinct(queues.Select(static queue => queue.QueueName));
    }

    [Fact]
    public void Http_definitions_can_be_proxied_and_leave_keys_to_the_app()
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, FunctionDefinition.FileName, SearchOption.AllDirectories))
        {
            using var definition = JsonDocument.Parse(File.ReadAllBytes(file));
            var bindings = definition.RootElement.GetProperty("bindings").EnumerateArray().ToArray();
            if (bindings[0].GetProperty("type").GetString() != "httpTrigger")
                continue;

            Assert.Equal(["httpTrigger", "http"], bindings.Select(static binding => binding.GetProperty("type").GetString()!));
            Assert.Equal("anonymous", bindings[0].GetProperty("authLevel").GetString());
            Assert.DoesNotMatch("(?i)^(admin|runtime)", bindings[0].GetProperty("route").GetString());
        }
    }

    [Fact]
    public void The_functions_host_starts_this_program_and_passes_requests_through()
    {
        using var hostJson = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, HostJson.FileName)));
        var handler = hostJson.RootElement.GetProperty("customHandler");

        Assert.Equal("2.0", hostJson.RootElement.GetProperty("version").GetString());
        Assert.Equal(
            typeof(HostJson).Assembly.GetName().Name,
            handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString());
        Assert.True(handler.GetProperty("enableProxyingHttpRequest").GetBoolean());
        Assert.True(handler.GetProperty("enableForwardingHttpRequest").GetBoolean());
    }

    private static IReadOnlyList<FunctionDefinition> Definitions() =>
        FunctionDefinition.ReadAll(AppContext.BaseDirectory, new ConfigurationBuilder().Build());

    private static IEnumerable<RouteEndpoint> Endpoints(WebApplicationFactory<Program> app) =>
        app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static string? FunctionOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<FunctionMetadata>()?.FunctionName;

    private static string WithoutPrefix(string pattern, string prefix)
    {
        var route = pattern.Trim('/');
        Assert.StartsWith(prefix + "/", route, StringComparison.Ordinal);
        return route[(prefix.Length + 1)..];
    }

    private WebApplicationFactory<Program> StartApp() =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseEnvironment("Production")
            .UseSetting("AzureWebJobsStorage", azurite.ConnectionString)
            .UseSetting("DrugResponse:Pseudonyms:Keys:1", Convert.ToBase64String(new byte[32]))
            .UseSetting("DrugResponse:Protection:Keys:1", Convert.ToBase64String(new byte[32]))
            .UseSetting("DrugResponse:Models:PublicKeys:0", SigningKey.Public)
            .UseSetting("DrugResponse:Triggers:Enabled", "false"));
}
