using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DrugResponse.Client.Cli.Tests;

/// <summary>Answers every request with the same bytes, closes the connection, and keeps what was asked.</summary>
internal sealed class ForeignServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _received = new();
    private readonly byte[] _answer;
    private readonly Task _serving;

    public ForeignServer(string answer)
    {
        _answer = Encoding.ASCII.GetBytes(answer);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>The requests without their bodies.</summary>
    public IReadOnlyCollection<string> Received => _received;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
            catch (IOException)
            {
                // The client went away.
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var request = new StringBuilder();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            request.AppendLine(line);
        _received.Enqueue(request.ToString());
        await stream.WriteAsync(_answer);
    }
}
