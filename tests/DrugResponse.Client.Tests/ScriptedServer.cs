using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DrugResponse.Client.Tests;

/// <summary>A real HTTP server that answers request after request as a test says, and keeps what it got.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<RequestDelegate> _answers = new();
    private readonly ConcurrentQueue<ReceivedRequest> _received = new();

    private ScriptedServer(WebApplication app)
    {
        _app = app;
        app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<ReceivedRequest> Received => [.. _received];

    public static async Task<ScriptedServer> StartAsync(params RequestDelegate[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ScriptedServer(builder.Build());
        foreach (var answer in answers)
            server._answers.Enqueue(answer);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public IDrugResponseApi Connect(Action<DrugResponseClientOptions>? configure = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddDrugResponseClient(options =>
        {
            options.BaseAddress = Address;
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider().GetRequiredService<IDrugResponseApi>();
    }

    public static RequestDelegate Json(int status, string json, params (string Name, string Value)[] headers) =>
        Content(status, "application/json", json, headers);

    public static RequestDelegate Problem(int status, string type, params (string Name, string Value)[] headers) =>
        Content(status, "application/problem+json", $$"""{ "type": "{{type}}", "title": "A title.", "status": {{status}} }""", headers);

    public static RequestDelegate Content(
        int status, string mediaType, string content, params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return context.Response.WriteAsync(content);
    };

    /// <summary>Breaks the connection without an answer.</summary>
    public static Task Aborted(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Sends the beginning of an answer and then closes the connection. Not with a reset, which discards what its receiver has not read yet.
    /// </summary>
    public static RequestDelegate Broken(string mediaType, string beginning) => context =>
    {
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(beginning) + 1;
        return context.Response.WriteAsync(beginning);
    };

    /// <summary>Sends the beginning of an answer, and then nothing for as long as its receiver is there.</summary>
    public static RequestDelegate Silent(string mediaType, string beginning) => async context =>
    {
        context.Response.ContentType = mediaType;
        await context.Response.WriteAsync(beginning);
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
    };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(
            static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _received.Enqueue(new ReceivedRequest(
            context.Request.Method, $"{context.Request.Path}{context.Request.QueryString}", headers, await reader.ReadToEndAsync()));
        if (!_answers.TryDequeue(out var answer))
            throw new InvalidOperationException("The test has no answer to this request.");
        await answer(context);
    }
}

/// <summary>A request as it came.</summary>
internal sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);
