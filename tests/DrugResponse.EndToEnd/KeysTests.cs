using System.Net;
using DrugResponse.EndToEnd.Processes;
using DrugResponse.Storage.Development;

namespace DrugResponse.EndToEnd;

/// <summary>Keys as an operator manages them, and the built app in Production that takes them.</summary>
public sealed class KeysTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_made_by_the_command_lets_in_until_the_command_revokes_it()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        var key = await Command.CreateKeyAsync(emulator.ConnectionString);
        await using var app = await StandaloneApp.StartAsync(
            [.. ProductionSettings.For(emulator.ConnectionString), ("DrugResponse__Access__KeysKnownFor", "00:00:00")]);
        app.Http.DefaultRequestHeaders.Add("x-functions-key", key);
        using var before = await app.Http.GetAsync("/api/v1/genes", Cancellation);

        var rotated = await Command.RunAsync(
            emulator.ConnectionString, "keys", "rotate", "--tenant", ProductionSettings.Tenant, "--key", IdOf(key));
        var revoked = await Command.RunAsync(
            emulator.ConnectionString, "keys", "revoke", "--tenant", ProductionSettings.Tenant, "--key", IdOf(key));
        using var after = await app.Http.GetAsync("/api/v1/genes", Cancellation);
        var list = await Command.RunAsync(emulator.ConnectionString, "keys", "list", "--tenant", ProductionSettings.Tenant);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal((0, 0), (rotated.ExitCode, revoked.ExitCode));
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Equal(2, list.Output.Length);
        Assert.Contains(list.Output, line => line.StartsWith($"{IdOf(key)}  revoked", StringComparison.Ordinal));
        Assert.DoesNotContain(list.Output, line => line.Contains(key[^43..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("What is to be done", "audit", "--tenant", "acme")]
    [InlineData("What is to be done", "pseudonyms", "--tenant", "acme")]
    [InlineData("--version must be another than 1", "pseudonyms", "retire", "--tenant", "acme", "--version", "1")]
    [InlineData("--to must not lie before", "audit", "verify", "--tenant", "acme", "--from", "2026-11-20", "--to", "2026-11-19")]
    [InlineData("must be days", "audit", "verify", "--tenant", "acme", "--from", "today")]
    [InlineData("What is to be done", "keys", "--tenant", "acme")]
    [InlineData("--tenant is required", "keys", "create")]
    [InlineData("--tenant must match", "keys", "create", "--tenant", "A/B")]
    [InlineData("--name: Is required", "keys", "create", "--tenant", "acme")]
    [InlineData("--overlap, in seconds: Must be", "keys", "rotate", "--tenant", "acme", "--key", "0123456789abcdef", "--overlap", "10675198.00:00:00")]
    [InlineData("--roles: Must be one of", "keys", "create", "--tenant", "acme", "--roles", "root", "--name", "x")]
    [InlineData("--expires: Must lie", "keys", "create", "--tenant", "acme", "--roles", "admin", "--name", "x", "--expires", "2020-01-01T00:00:00Z")]
    [InlineData("no such key", "keys", "revoke", "--tenant", "acme", "--key", "0123456789abcdef")]
    public async Task What_cannot_be_done_is_said(string message, params string[] arguments)
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);

        var (exitCode, _, errors) = await Command.RunAsync(emulator.ConnectionString, arguments);

        Assert.Equal(1, exitCode);
        Assert.Contains(errors, line => line.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("--DrugResponse:Hosting:Port=1", "--help")]
    public async Task Help_names_every_command_and_starts_nothing(params string[] arguments)
    {
        await using var app = AppProcess.Start([], workingDirectory: null, arguments);

        Assert.Equal(0, await app.ExitAsync());
        Assert.Empty(app.Errors);
        Assert.StartsWith("Usage: ", app.Output.First(), StringComparison.Ordinal);
        Assert.All(
            ["keys create", "keys list", "audit verify", "pseudonyms"],
            command => Assert.Contains(app.Output, line => line.Contains(command, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Help_for_a_command_tells_of_that_one_only()
    {
        await using var app = AppProcess.Start([], workingDirectory: null, "keys", "--help");

        Assert.Equal(0, await app.ExitAsync());
        Assert.Contains(app.Output, static line => line.Contains("keys create", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Output, static line => line.Contains("audit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_that_there_is_not_is_refused_with_those_that_there_are()
    {
        await using var app = AppProcess.Start([], workingDirectory: null, "lock");

        Assert.Equal(2, await app.ExitAsync());
        Assert.Equal("There is no command lock.", app.Errors.First());
        Assert.Contains(app.Errors, static line => line.Contains("keys create", StringComparison.Ordinal));
    }

    private static string IdOf(string key) => key.Split('.')[2];
}
