using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Functions.Batches.Status;
using DrugResponse.Storage.Batches;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Batches.Control;

/// <summary>
/// Calls the webhook of a batch with its final status, signed: the header <c>DrugResponse-Signature: t={seconds},v1={hex}</c> holds the time of
/// the call and HMAC-SHA-256 over <c>{seconds}.{body}</c>. Thread-safe.
/// </summary>
internal sealed partial class WebhookCaller(
    BatchStatusReader statuses, WebhookAddresses addresses, IOptions<WebhookSettings> settings, TimeProvider clock, ILogger<WebhookCaller> logger)
    : IDisposable
{
    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "DrugResponse-Signature";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 64 * 1024,
    };

    /// <summary>Calls once.</summary>
    /// <returns>Whether the receiver answered with 2xx.</returns>
    public async Task<bool> TryCallAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        if (!batch.IsReadable || batch.Request.Webhook is not { } address || !addresses.IsAllowed(address) || settings.Value.DecodeKey() is not { } key)
            return false;

        var status = await statuses.ReadAsync(batch, cancellationToken);
        var body = JsonSerializer.SerializeToUtf8Bytes(status, ContractsJsonContext.Wire.BatchStatus);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(SignatureHeader, Sign(body, key));
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                LogRefused(logger, batch.Id, (int)response.StatusCode);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnreached(logger, batch.Id, exception.GetType().Name);
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private string Sign(byte[] body, byte[] key)
    {
        var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] text = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(key, text))}";
    }

    [LoggerMessage(LogLevel.Warning, "The webhook of batch {Batch} answered {Status}.")]
    private static partial void LogRefused(ILogger logger, BatchId batch, int status);

    [LoggerMessage(LogLevel.Warning, "The webhook of batch {Batch} could not be reached ({Fault}).")]
    private static partial void LogUnreached(ILogger logger, BatchId batch, string fault);
}

/// <summary>How long to wait between calls of a webhook that fails.</summary>
internal static class WebhookPause
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6),
    ];

    /// <summary>The pause after a number of calls; null when it is not called any more.</summary>
    public static TimeSpan? After(int attempts) => attempts <= Pauses.Length ? Pauses[attempts - 1] : null;
}
