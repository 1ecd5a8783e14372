using System.Globalization;
using System.Net.Http.Headers;
using System.Security;
using System.Text;

namespace DrugResponse.Client;

/// <summary>Writes a file by blocks at an address with a signature (an Azure block blob).</summary>
/// <param name="http">Repeats what fails in passing, and has no credentials of the caller.</param>
/// <param name="time">The clock.</param>
internal sealed class BlockUploader(HttpClient http, TimeProvider time)
{
    private const string ServiceVersion = "2020-12-06";

    /// <summary>Sends one block.</summary>
    public Task SendAsync(Uri address, int block, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        PutAsync(address, $"comp=block&blockid={Uri.EscapeDataString(NameOf(block))}", bytes, cancellationToken);

    /// <summary>Makes a file of the blocks that were sent.</summary>
    public Task CommitAsync(Uri address, int blocks, CancellationToken cancellationToken)
    {
        var list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        for (var block = 0; block < blocks; block++)
            list.Append("<Latest>").Append(SecurityElement.Escape(NameOf(block))).Append("</Latest>");
        return PutAsync(address, "comp=blocklist", Encoding.UTF8.GetBytes(list.Append("</BlockList>").ToString()), cancellationToken);
    }

    private static string NameOf(int block) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(block.ToString("D6", CultureInfo.InvariantCulture)));

    private async Task PutAsync(Uri address, string query, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"{address.AbsoluteUri}&{query}"))
        {
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
        };
        request.Headers.Add("x-ms-version", ServiceVersion);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw new DrugResponseApiException(response.StatusCode, problem: null, RetryAfter.From(response.Headers.RetryAfter, time));
    }
}
