namespace DrugResponse.Client.Tests;

/// <summary>Who the caller says to be.</summary>
public sealed class CredentialTests
{
    private static readonly string Genes = """{ "knowledgeVersion": "v", "genes": [] }""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_is_sent_with_every_request()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(200, Genes), ScriptedServer.Json(200, Genes));
        var api = server.Connect(static options => options.ApiKey = "secret-key");

        await api.ListGenesAsync(Cancellation);
        await api.ListGenesAsync(Cancellation);

        Assert.All(server.Received, static request => Assert.Equal("secret-key", request.Headers["x-functions-key"]));
    }

    [Fact]
    public async Task Token_is_asked_for_again_on_every_attempt()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Problem(503, "busy"), ScriptedServer.Json(200, Genes));
        var number = 0;
        var api = server.Connect(options => options.AccessToken = _ => ValueTask.FromResult($"token-{++number}"));

        await api.ListGenesAsync(Cancellation);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], server.Received.Select(static request => request.Headers["Authorization"]));
        Assert.All(server.Received, static request => Assert.DoesNotContain("x-functions-key", request.Headers));
    }

    [Fact]
    public async Task Nothing_is_sent_when_nothing_is_set()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(200, Genes));

        await server.Connect().ListGenesAsync(Cancellation);

        Assert.DoesNotContain("Authorization", server.Received[0].Headers);
        Assert.DoesNotContain("x-functions-key", server.Received[0].Headers);
    }
}
