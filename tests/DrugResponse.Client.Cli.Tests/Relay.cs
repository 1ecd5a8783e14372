using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace DrugResponse.Client.Cli.Tests;

/// <summary>Stands between client and service, and loses answers.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private const string Batches = "/api/v1/batches";

    private readonly HttpListener _listener = new();
    private readonly HttpClient _http;
    private readonly CancellationTokenSource? _interruption;
    private readonly Task _serving;

    /// <summary>Begins to listen.</summary>
    /// <param name="service">The service behind it.</param>
    /// <param name="interruption">Is cancelled when the first batch was accepted, and the answer lost; null to lose none.</param>
    public Relay(Uri service, CancellationTokenSource? interruption)
    {
        _http = new HttpClient { BaseAddress = service };
        _interruption = interruption;
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Whether results and errors break off behind the headers.</summary>
    public bool BreaksLines { get; init; }

    /// <summary>The batch whose acceptance was not told.</summary>
    public string? LostBatchId { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
        _http.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                if (!_listener.IsListening)
                    return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        if (BreaksLines && path.EndsWith("/results", StringComparison.Ordinal))
        {
            // Of an announced length nothing comes.
            context.Response.ContentType = "application/x-ndjson";
            context.Response.ContentLength64 = 1000;
            await context.Response.OutputStream.WriteAsync(ReadOnlyMemory<byte>.Empty);
            await context.Response.OutputStream.FlushAsync();
            context.Response.Abort();
            return;
        }

        using var response = await ForwardAsync(context.Request);
        var body = await response.Content.ReadAsByteArrayAsync();
        if (_interruption is not null && LostBatchId is null && path == Batches && response.StatusCode == HttpStatusCode.Accepted)
        {
            using var json = JsonDocument.Parse(body);
            LostBatchId = json.RootElement.GetProperty("batchId").GetString();
            await _interruption.CancelAsync();
            context.Response.Abort();
            return;
        }

        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    private Task<HttpResponseMessage> ForwardAsync(HttpListenerRequest request)
    {
        var forwarded = new HttpRequestMessage(new HttpMethod(request.HttpMethod), request.Url!.PathAndQuery);
        if (request.HasEntityBody)
        {
            forwarded.Content = new StreamContent(request.InputStream);
            forwarded.Content.Headers.Add("Content-Type", request.ContentType);
        }

        foreach (var name in new[] { "x-functions-key", "Idempotency-Key" })
        {
            if (request.Headers[name] is { } value)
                forwarded.Headers.Add(name, value);
        }

        return _http.SendAsync(forwarded);
    }
}
