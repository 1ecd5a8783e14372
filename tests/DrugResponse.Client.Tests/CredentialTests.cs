using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirection_is_not_followed_and_carries_no_key_away(int status)
    {
        await using var elsewhere = await ScriptedServer.StartAsync(ScriptedServer.Json(200, Genes));
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Content(status, "text/plain", "", ("Location", elsewhere.Address.AbsoluteUri)));

        var failure = await Assert.ThrowsAsync<DrugResponseApiException>(
            () => server.Connect(static options => options.ApiKey = "secret-key").ListGenesAsync(Cancellation));

        Assert.Equal((HttpStatusCode)status, failure.StatusCode);
        Assert.Contains("redirects", failure.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Received);
    }

    [Theory]
    [InlineData("http://predictions.example.org", true, false, false)]
    [InlineData("http://192.0.2.1", true, false, false)]
    [InlineData("http://predictions.example.org", true, true, true)]
    [InlineData("http://predictions.example.org", false, false, true)]
    [InlineData("https://predictions.example.org", true, false, true)]
    [InlineData("http://localhost:7071", true, false, true)]
    [InlineData("http://127.0.0.1:7071", true, false, true)]
    [InlineData("http://[::1]:7071", true, false, true)]
    public void Credential_goes_over_plain_http_to_this_machine_only_unless_that_is_allowed(
        string address, bool hasKey, bool isAllowed, bool isAccepted)
    {
        var services = new ServiceCollection();
        services.AddDrugResponseClient(options =>
        {
            options.BaseAddress = new Uri(address);
            options.AccessToken = hasKey ? static _ => ValueTask.FromResult("token") : null;
            options.AllowsPlainHttp = isAllowed;
        });
        using var provider = services.BuildServiceProvider();

        var failure = Record.Exception(() => provider.GetRequiredService<IDrugResponseApi>());

        Assert.Equal(isAccepted, failure is null);
        if (!isAccepted)
            Assert.Contains("https", Assert.IsType<OptionsValidationException>(failure).Message, StringComparison.Ordinal);
    }
}
