using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Commands;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage;
using DrugResponse.Storage.Access;
using DrugResponse.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.Functions.Tests.Access;

public sealed class KeysCommandTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_done_to_keys_by_the_command_is_written_down_too()
    {
        var tenant = AzuriteFixture.UniqueTenant();
        var created = await RunAsync("create", "--roles=admin", "--name=first");
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString, $"DrugResponse:Access:Tenant={tenant}");
        var key = Assert.Single(await app.Service<ApiKeyStore>().ListAsync(tenant, Cancellation)).Id.ToString();
        var unknown = new string('0', key.Length);

        var rotated = await RunAsync("rotate", $"--key={key}");
        var revoked = await RunAsync("revoke", $"--key={key}");
        var refused = await RunAsync("revoke", $"--key={unknown}");

        Assert.Equal([0, 0, 0, 1], new[] { created, rotated, revoked, refused });
        var other = (await app.Service<ApiKeyStore>().ListAsync(tenant, Cancellation)).Single(one => one.Id.ToString() != key).Id;
        var page = await app.GetAsync($"v1/audit?day={TimeProvider.System.GetUtcNow():yyyy-MM-dd}");
        var entries = page.Json["entries"]!.AsArray().OfType<JsonNode>().Where(static entry => (string?)entry["action"] != "ListAudit").ToArray();
        Assert.Equal(
            [
                "CreateKey begun ", $"CreateKey done {key}", $"RevokeKey begun {unknown}", $"RevokeKey begun {key}",
                $"RevokeKey done {key}", $"RevokeKey refused {unknown}", $"RotateKey begun {key}", $"RotateKey done {other}",
            ],
            entries.Select(static entry => $"{entry["action"]} {entry["outcome"]} {entry["resource"]}").Order(StringComparer.Ordinal));
        Assert.All(entries, static entry => Assert.Equal($"command:{Environment.UserName}", (string?)entry["who"]));

        Task<int> RunAsync(string what, params string[] options) => FunctionsProcess.RunAsync(
            ["keys", what, $"--tenant={tenant}", .. options, "--environment=Development", $"--AzureWebJobsStorage={azurite.ConnectionString}"],
            Program.Register,
            Program.Map,
            KeysCommand.Command);
    }

    [Theory]
    [InlineData("rotate --key=0123456789abcdef --overlap=10675198.00:00:00", "--overlap, in seconds: Must be from 0 to 2592000")]
    [InlineData("rotate --key=0123456789abcdef --overlap=-00:00:01", "--overlap, in seconds: Must be from 0 to 2592000")]
    [InlineData("rotate --overlap=tomorrow", "--key is required", "--overlap must be a time")]
    [InlineData("create --roles=root --expires=2020-01-01T00:00:00Z", "--name: Is required", "--roles: Must be", "--expires: Must lie")]
    [InlineData("create --roles=admin --name=a\u202Eb", "--name: Must not hold")]
    [InlineData("create --tenant=A/B --name=x", "--tenant must match", "--roles: Must name at least one")]
    public async Task Every_fault_of_the_options_is_named_and_nothing_is_done(string line, params string[] named)
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString, WholeApp.Production);
        var before = await app.Service<ApiKeyStore>().ListAsync(app.Tenant, Cancellation);

        var refusal = await Assert.ThrowsAsync<CommandException>(() => RunAsync(app, line));

        Assert.All(named, fault => Assert.Contains(fault, refusal.Message, StringComparison.Ordinal));
        Assert.Equal(before.Count, (await app.Service<ApiKeyStore>().ListAsync(app.Tenant, Cancellation)).Count);
    }

    [Fact]
    public async Task A_name_is_as_long_as_the_endpoint_lets_it_be()
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString, WholeApp.Production);

        var line = $"create --roles=admin --name={new string('x', 3000)}";

        var refusal = await Assert.ThrowsAsync<CommandException>(() => RunAsync(app, line));

        Assert.Contains("--name: Must have at most 100 characters", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_breaks_off_says_so_in_the_audit_trail()
    {
        var refused = new RefusedChanges("apikeys");
        await using var app = await WholeApp.StartAsync(
            azurite.ConnectionString,
            services => services.AddSingleton(
                new StorageConnection(new StorageOptions { ConnectionString = azurite.ConnectionString, Policies = [refused] })),
            WholeApp.Production);
        refused.Begin();

        await Assert.ThrowsAsync<RequestFailedException>(() => RunAsync(app, "create --roles=admin --name=x"));

        var page = await app.GetAsync($"v1/audit?day={WholeApp.Start:yyyy-MM-dd}");
        var entries = page.Json["entries"]!.AsArray().Where(static entry => (string?)entry!["action"] == "CreateKey");
        Assert.Equal(["begun", "failed"], entries.Select(static entry => (string)entry!["outcome"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_key_that_was_replaced_is_not_replaced_by_the_command_either()
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString, WholeApp.Production);
        var key = Assert.Single(await app.Service<ApiKeyStore>().ListAsync(app.Tenant, Cancellation)).Id;
        Assert.Equal(0, await RunAsync(app, $"rotate --key={key}"));

        var refusal = await Assert.ThrowsAsync<CommandException>(() => RunAsync(app, $"rotate --key={key}"));

        Assert.Contains("has taken this one's place", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await app.Service<ApiKeyStore>().ListAsync(app.Tenant, Cancellation)).Count);
    }

    private static Task<int> RunAsync(WholeApp app, string line)
    {
        var arguments = line.Split(' ');
        string[] tenant = line.Contains("--tenant", StringComparison.Ordinal) ? [] : [$"--tenant={app.Tenant}"];
        return KeysCommand.Command.RunAsync(app.Services, CommandLine.Parse(["keys", .. arguments, .. tenant]), Cancellation);
    }

    /// <summary>Refuses every change of a table.</summary>
    private sealed class RefusedChanges(string table) : HttpPipelinePolicy
    {
        private volatile bool _hasBegun;

        public void Begin() => _hasBegun = true;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            _hasBegun
            && message.Request.Method != RequestMethod.Get
            && message.Request.Uri.Path.Contains($"{table}(", StringComparison.Ordinal)
                ? throw new RequestFailedException(403, "Refused.")
                : ProcessNextAsync(message, pipeline);
    }
}
