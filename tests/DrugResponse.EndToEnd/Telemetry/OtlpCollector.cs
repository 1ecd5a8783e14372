using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DrugResponse.EndToEnd.Telemetry;

/// <summary>Takes whatever is sent to it by OTLP over HTTP, and keeps it as it came.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = [];
    private readonly Task _work;

    private OtlpCollector(int port)
    {
        Address = new Uri($"http://127.0.0.1:{port}");
        _listener.Prefixes.Add($"{Address}");
        _listener.Start();
        _work = ReceiveAsync();
    }

    /// <summary>Where to send to.</summary>
    public Uri Address { get; }

    public static OtlpCollector Start()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return new OtlpCollector(port);
    }

    /// <summary>All bodies that came to a path, one after the other.</summary>
    public byte[] Received(string path) => [.. _received.Where(one => one.Path == path).SelectMany(static one => one.Body)];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _work;
        _listener.Close();
    }

    private async Task ReceiveAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            _received.Enqueue((context.Request.Url!.AbsolutePath, body.ToArray()));
            context.Response.Close();
        }
    }
}
