using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;

namespace DrugResponse.Functions.Hosting.Triggers.Local;

/// <summary>
/// Posts invocations to this process's own trigger endpoints and judges the answers as the Functions host does.
/// Thread-safe.
/// </summary>
internal sealed class FunctionInvoker : IDisposable
{
    private readonly LocalTriggerPort _port;
    private readonly TimeSpan _functionTimeout;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Prepares for invocations.</summary>
    /// <param name="port">Where the endpoints are.</param>
    /// <param name="hostJson">Says how long an invocation may take.</param>
    public FunctionInvoker(LocalTriggerPort port, HostJson hostJson)
    {
        _port = port;
        _functionTimeout = hostJson.FunctionTimeout < TimeSpan.Zero ? Timeout.InfiniteTimeSpan : hostJson.FunctionTimeout;
    }

    /// <summary>Invokes a function once.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="payload">What to post.</param>
    /// <returns>How it ended.</returns>
    public async Task<InvocationResult> InvokeAsync(string function, ReadOnlyMemory<byte> payload)
    {
        using var timeout = new CancellationTokenSource(_functionTimeout);
        try
        {
            using var request = NewRequest(function, payload);
            using var response = await _http.SendAsync(request, timeout.Token);
            if (!response.IsSuccessStatusCode)
                return InvocationResult.Failed(string.Create(CultureInfo.InvariantCulture, $"it answered {(int)response.StatusCode}"));

            return await IsObjectAsync(response.Content, timeout.Token)
                ? InvocationResult.Success
                : InvocationResult.Failed("it answered no JSON object, for which the Functions host would wait in vain");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return InvocationResult.Failed($"it took longer than functionTimeout ({_functionTimeout})");
        }
        catch (HttpRequestException broken)
        {
            return InvocationResult.Unreachable($"its endpoint cannot be reached ({broken.HttpRequestError})");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private HttpRequestMessage NewRequest(string function, ReadOnlyMemory<byte> payload)
    {
        var content = new ReadOnlyMemoryContent(payload);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json, "utf-8");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_port.BaseAddress, function)) { Content = content };
        request.Headers.Add(TriggerConnection.SecretHeader, _port.Secret);
        request.Headers.Add(TriggerFunctions.InvocationIdHeader, Guid.NewGuid().ToString());
        return request;
    }

    private static async Task<bool> IsObjectAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType is not (MediaTypeNames.Application.Json or "text/json"))
            return false;

        try
        {
            using var answer = JsonDocument.Parse(await content.ReadAsByteArrayAsync(cancellationToken));
            return answer.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>How an invocation ended.</summary>
internal enum InvocationOutcome
{
    /// <summary>The function did its work.</summary>
    Succeeded,

    /// <summary>The function answered that it failed, or answered nothing useful.</summary>
    Failed,

    /// <summary>The function could not be asked, or did not live to answer: the process is shutting down.</summary>
    Unreachable,
}

/// <summary>How an invocation ended, and why.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Failure">Why it did not succeed; null when it did. The function's own words it has logged itself.</param>
internal readonly record struct InvocationResult(InvocationOutcome Outcome, string? Failure)
{
    /// <summary>The function did its work.</summary>
    public static InvocationResult Success => new(InvocationOutcome.Succeeded, null);

    /// <summary>The function failed.</summary>
    /// <param name="failure">Why.</param>
    /// <returns>The result.</returns>
    public static InvocationResult Failed(string failure) => new(InvocationOutcome.Failed, failure);

    /// <summary>The function could not be asked.</summary>
    /// <param name="failure">Why.</param>
    /// <returns>The result.</returns>
    public static InvocationResult Unreachable(string failure) => new(InvocationOutcome.Unreachable, failure);
}
