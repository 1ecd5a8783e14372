using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DrugResponse.Functions.Tests.Support;

/// <summary>Sends requests that an HTTP client would put right or refuse to send.</summary>
internal static class RawHttp
{
    /// <summary>Posts JSON with further header lines, written as they are.</summary>
    public static Task<Answer> PostAsync(Uri server, string path, byte[] body, params string[] headers) =>
        SendAsync(server, [.. Encoding.ASCII.GetBytes(Head(path, [$"Content-Length: {body.Length}", .. headers])), .. body]);

    /// <summary>Announces a body and waits for the answer before sending any of it.</summary>
    public static Task<Answer> AnnounceAsync(Uri server, string path, long length) =>
        SendAsync(server, Encoding.ASCII.GetBytes(Head(path, [$"Content-Length: {length}"])));

    /// <summary>Posts JSON in chunks that the caller has framed.</summary>
    public static Task<Answer> PostChunkedAsync(Uri server, string path, params byte[][] framedChunks) =>
        SendAsync(
            server, [.. Encoding.ASCII.GetBytes(Head(path, ["Transfer-Encoding: chunked"])), .. framedChunks.SelectMany(static chunk => chunk)]);

    /// <summary>Frames one chunk; an empty one ends the body.</summary>
    public static byte[] Chunk(ReadOnlySpan<byte> content) =>
        [.. Encoding.ASCII.GetBytes(content.Length.ToString("x", CultureInfo.InvariantCulture)), .. "\r\n"u8, .. content, .. "\r\n"u8];

    private static string Head(string path, IEnumerable<string> headers) => string.Join(
        "\r\n",
        [$"POST {path} HTTP/1.1", "Host: localhost", "Connection: close", "x-functions-key: development", "Content-Type: application/json", .. headers, "", ""]);

    private static async Task<Answer> SendAsync(Uri server, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(request, TestContext.Current.CancellationToken);
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, TestContext.Current.CancellationToken);
        return Parse(buffer.ToArray());
    }

    private static Answer Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        var lines = Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n");
        using var response = new HttpResponseMessage((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture));
        foreach (var line in lines[1..])
            response.Headers.TryAddWithoutValidation(line.Split(':', 2)[0], line.Split(':', 2)[1].Trim());

        var contentType = lines.FirstOrDefault(static line => line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase));
        return new Answer(response.StatusCode, response.Headers, contentType?.Split(':', 2)[1].Trim(), bytes[(end + 4)..]);
    }
}
