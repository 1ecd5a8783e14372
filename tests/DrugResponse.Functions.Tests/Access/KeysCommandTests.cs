using System.Text.Json.Nodes;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Access;
using DrugResponse.Testing;

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
}
