using System.Globalization;
using System.Net.Http.Headers;
using System.Security;
using System.Text;

namespace DrugResponse.Client.Cli.Service;

/// <summary>Sends a file in blocks to an address with a signature (an Azure block blob), and can go on where it stopped. Not thread-safe.</summary>
/// <param name="endurance">Repeats what fails in passing.</param>
internal sealed class BlockUploader(Endurance endurance) : IDisposable
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = 8 * 1024 * 1024;

    private const string ServiceVersion = "2020-12-06";

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) }) { Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>How many blocks a file has.</summary>
    public static int BlocksOf(long length) => (int)((length + BlockBytes - 1) / BlockBytes);

    /// <summary>Sends one block.</summary>
    public async Task SendAsync(Uri address, Stream file, int block, CancellationToken cancellationToken)
    {
        var buffer = new byte[BlockBytes];
        file.Position = (long)block * BlockBytes;
        var length = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        await PutAsync(address, $"comp=block&blockid={Uri.EscapeDataString(NameOf(block))}", buffer.AsMemory(0, length), cancellationToken);
    }

    /// <summary>Makes a file of the blocks that were sent.</summary>
    public Task CommitAsync(Uri address, int blocks, CancellationToken cancellationToken)
    {
        var list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        for (var block = 0; block < blocks; block++)
            list.Append("<Latest>").Append(SecurityElement.Escape(NameOf(block))).Append("</Latest>");
        return PutAsync(address, "comp=blocklist", Encoding.UTF8.GetBytes(list.Append("</BlockList>").ToString()), cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static string NameOf(int block) => Convert.ToBase64String(Encoding.ASCII.GetBytes(block.ToString("D6", CultureInfo.InvariantCulture)));

    private async Task PutAsync(Uri address, string query, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var fault = "The storage that takes the upload cannot be reached.";
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"{address.AbsoluteUri}&{query}")) { Content = new ReadOnlyMemoryContent(body) };
                request.Headers.Add("x-ms-version", ServiceVersion);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                using var response = await _http.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    endurance.Succeed();
                    return;
                }

                if (!Endurance.IsPassing(response.StatusCode))
                    throw new ServiceRefusedException((int)response.StatusCode, null);
                fault = string.Create(CultureInfo.InvariantCulture, $"The storage that takes the upload answers {(int)response.StatusCode}.");
            }
            catch (Exception exception) when (Endurance.IsPassing(exception, cancellationToken))
            {
                // As said above.
            }

            await endurance.PauseAsync(fault, null, cancellationToken);
        }
    }
}
