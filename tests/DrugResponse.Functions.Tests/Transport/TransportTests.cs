using System.Net;
using System.Text.Json.Nodes;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Testing;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Tests.Transport;

/// <summary>What stands on every answer, and which pages of other origins may ask for one.</summary>
public sealed class TransportTests(AzuriteFixture azurite)
{
    private const string Origin = "https://pharmacy.example";

    [Theory]
    [InlineData("v1/drugs")]
    [InlineData("v1/predictions/unknown")]
    [InlineData("nowhere")]
    [InlineData("health/live")]
    public async Task Every_answer_says_how_it_is_to_be_handled(string path)
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString);

        var answer = await app.GetAsync(path);

        Assert.Equal("nosniff", Of(answer, "X-Content-Type-Options"));
        Assert.Equal("no-store", Of(answer, "Cache-Control"));
        Assert.Equal("no-referrer", Of(answer, "Referrer-Policy"));
        Assert.Contains("default-src 'none'", Of(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Null(Of(answer, "Strict-Transport-Security"));
        Assert.Null(Of(answer, "Server"));
    }

    [Fact]
    public async Task In_production_browsers_are_told_to_come_by_https_only()
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString, WholeApp.Production);

        Assert.Equal("max-age=31536000; includeSubDomains", Of(await app.GetAsync("v1/genes"), "Strict-Transport-Security"));
    }

    [Fact]
    public async Task The_id_of_a_request_is_that_of_its_problem_and_of_its_audit_entry_and_never_the_callers()
    {
        await using var app = await WholeApp.StartAsync(azurite.ConnectionString);
        var request = new HttpRequestMessage(HttpMethod.Get, "v1/predictions/unknown");
        request.Headers.Add("X-Request-Id", "MRN-0042");

        var answer = await app.SendAsync(request);
        var id = Of(answer, "X-Request-Id");

        Assert.Equal(id, (string?)answer.Json["traceId"]);
        Assert.NotEqual("MRN-0042", id);
        var entries = (await app.GetAsync("v1/audit")).Json["entries"]!.AsArray();
        Assert.Contains(entries, entry => (string?)entry!["traceId"] == id);
        Assert.DoesNotContain(app.Logs.Lines, static line => line.Contains("MRN-0042", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_page_of_another_origin_may_ask_unless_it_is_listed()
    {
        await using var closed = await WholeApp.StartAsync(azurite.ConnectionString);
        await using var listed = await WholeApp.StartAsync(azurite.ConnectionString, $"DrugResponse:Cors:Origins:0={Origin}");

        Assert.Null(Of(await AskAsync(closed, Origin), "Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(listed, Origin)).Status);
        Assert.Equal(Origin, Of(await AskAsync(listed, Origin), "Access-Control-Allow-Origin"));
        Assert.Null(Of(await AskAsync(listed, Origin), "Access-Control-Allow-Credentials"));
        Assert.Null(Of(await AskAsync(listed, "https://pharmacy.example.evil.example"), "Access-Control-Allow-Origin"));
        Assert.Null(Of(await AskAsync(listed, "null"), "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://pharmacy.example/")]
    [InlineData("https://*.example")]
    [InlineData("ftp://pharmacy.example")]
    [InlineData("pharmacy.example")]
    public async Task What_is_no_origin_is_refused_at_the_start(string origin)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => WholeApp.StartAsync(azurite.ConnectionString, $"DrugResponse:Cors:Origins:0={origin}"));

        Assert.Contains("DrugResponse:Cors:Origins:0 must be an origin", failure.Message, StringComparison.Ordinal);
    }

    private static Task<Answer> AskAsync(WholeApp app, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "v1/predictions");
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "x-functions-key,content-type");
        return app.SendAsync(request);
    }

    private static string? Of(Answer answer, string header) =>
        answer.Headers.TryGetValues(header, out var values) ? string.Join(", ", values) : null;
}
