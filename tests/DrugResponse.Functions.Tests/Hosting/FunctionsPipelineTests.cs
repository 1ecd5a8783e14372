using System.Net;
using DrugResponse.Functions.Hosting;
using DrugResponse.Storage.Development;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace DrugResponse.Functions.Tests.Hosting;

public sealed class FunctionsPipelineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_proxying_host_tells_scheme_host_and_caller()
    {
        await using var app = await RunningApp.StartBehindHostAsync(AzuritePorts.FindFree().Blob, MapEcho);

        var seen = await SendAsync(
            app,
            "/api/echo?a=1",
            host: null,
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "predictions.example.org"),
            ("X-Forwarded-For", "203.0.113.7"));

        Assert.Equal("https://predictions.example.org/api/echo?a=1 from 203.0.113.7", seen);
    }

    [Fact]
    public async Task A_forwarding_host_passes_on_a_forwarded_host_that_the_caller_made_up()
    {
        await using var app = await RunningApp.StartBehindHostAsync(AzuritePorts.FindFree().Blob, MapEcho);

        var seen = await SendAsync(
            app,
            "/api/echo",
            "predictions.example.org",
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-For", "203.0.113.7"));

        Assert.Equal("https://predictions.example.org/api/echo from 203.0.113.7", seen);
    }

    [Fact]
    public async Task Standalone_no_forwarded_header_is_believed()
    {
        await using var app = await RunningApp.StartStandaloneAsync(MapEcho);

        var seen = await SendAsync(
            app,
            "/api/echo",
            host: null,
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-For", "203.0.113.7"));

        Assert.Equal($"{new Uri(app.PublicAddress, "/api/echo")} from 127.0.0.1", seen);
    }

    [Fact]
    public async Task The_root_answers_before_anything_else_is_asked()
    {
        await using var app = await RunningApp.StartStandaloneAsync(static app =>
            app.Use(static (HttpContext context, RequestDelegate _) =>
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            }));
        using var http = new HttpClient();

        using var root = await http.GetAsync(app.PublicAddress, Cancellation);
        using var other = await http.GetAsync(new Uri(app.PublicAddress, "/api/echo"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, root.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var app = await RunningApp.StartStandaloneAsync(MapEcho);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(app, RequestLimits.MaxBodyBytes));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(app, RequestLimits.MaxBodyBytes + 1));
    }

    private static void MapEcho(WebApplication app)
    {
        var api = app.MapApi();
        api.MapGet("echo", static (HttpContext context) => $"{context.Request.GetDisplayUrl()} from {context.Connection.RemoteIpAddress}");
        api.MapPost("length", static (HttpContext context) => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
    }

    private static async Task<HttpStatusCode> PostAsync(RunningApp app, long length)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.PublicAddress, "/api/length"));
        request.Content = new ByteArrayContent(new byte[length]);

        // Otherwise the server hangs up on a client that is still writing.
        request.Headers.ExpectContinue = true;
        using var response = await http.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    private static async Task<string> SendAsync(RunningApp app, string path, string? host, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.PublicAddress, path)) { Headers = { Host = host } };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        using var response = await http.SendAsync(request, Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }
}
