using System.Globalization;
using System.Web;

namespace DrugResponse.EndToEnd.Processes;

/// <content>How the host passes on requests to HTTP-triggered functions.</content>
internal sealed partial class FunctionsHostStandIn
{
    /// <summary>The name under which the public knows the app.</summary>
    public const string PublicHost = "predictions.example.org";

    private static readonly HashSet<string> ForwardedContentHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type",
        "Content-Length",
    };

    /// <summary>Passes a request on, and gives the handler's answer as the caller would get it.</summary>
    /// <param name="forwarding">The host's way of doing so.</param>
    /// <param name="method">The method.</param>
    /// <param name="pathAndQuery">As the caller wrote it, with the route prefix: <c>/api/v1/…?a=1</c>.</param>
    /// <param name="body">The caller's body, if any; with <c>Transfer-Encoding: chunked</c> when its length is not known.</param>
    /// <param name="headers">The caller's headers.</param>
    public async Task<HttpResponseMessage> SendAsync(
        HttpForwarding forwarding,
        HttpMethod method,
        string pathAndQuery,
        HttpContent? body = null,
        params (string Name, string Value)[] headers)
    {
        using var request = forwarding is HttpForwarding.Proxy
            ? Proxied(method, pathAndQuery, body)
            : await ForwardedAsync(method, pathAndQuery, body);

        if (Key is not null)
            request.Headers.Add("x-functions-key", Key);
        foreach (var (name, value) in headers)
        {
            if (forwarding is HttpForwarding.Forward || !name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase))
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// The streaming proxy: path, query, headers and body pass unchanged; <c>Host</c> becomes the handler's address, the
    /// <c>X-Forwarded-*</c> headers are replaced by the host's own.
    /// </summary>
    private HttpRequestMessage Proxied(HttpMethod method, string pathAndQuery, HttpContent? body)
    {
        var invocationId = Guid.NewGuid().ToString();
        var request = new HttpRequestMessage(method, new Uri(Address, pathAndQuery)) { Content = body };
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Host", PublicHost);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Azure-Functions-HostVersion", HostVersion);
        request.Headers.Add("X-Azure-Functions-InvocationId", invocationId);
        request.Headers.Add("x-ms-invocation-id", invocationId);
        return request;
    }

    /// <summary>
    /// The older way, a request built anew: repeated query keys are joined with a comma, content headers but type and length
    /// are lost, the body passes only when its length is known, <c>Host</c> stays the public one.
    /// </summary>
    private async Task<HttpRequestMessage> ForwardedAsync(HttpMethod method, string pathAndQuery, HttpContent? body)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, WithJoinedQuery(pathAndQuery)));
        request.Headers.Host = PublicHost;
        request.Headers.TryAddWithoutValidation("User-Agent", $"caller/1.0 Azure-Functions-Host/{HostVersion}");
        request.Headers.Add("X-Azure-Functions-HostVersion", HostVersion);
        request.Headers.Add("X-Azure-Functions-InvocationId", Guid.NewGuid().ToString());

        if (body?.Headers.ContentLength is > 0)
        {
            request.Content = new ByteArrayContent(await body.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            foreach (var header in body.Headers.Where(static header => ForwardedContentHeaders.Contains(header.Key)))
                request.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return request;
    }

    private static string WithJoinedQuery(string pathAndQuery)
    {
        if (pathAndQuery.IndexOf('?', StringComparison.Ordinal) is var mark && mark < 0)
            return pathAndQuery;

        var query = HttpUtility.ParseQueryString(pathAndQuery[(mark + 1)..]);
        return pathAndQuery[..(mark + 1)] + string.Join('&', query.AllKeys.Select(
            key => string.Create(CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(key ?? "")}={Uri.EscapeDataString(query[key]!)}")));
    }
}

/// <summary>How the Functions host passes HTTP requests on to its custom handler.</summary>
public enum HttpForwarding
{
    /// <summary>A streaming proxy: <c>enableProxyingHttpRequest</c>, on present hosts.</summary>
    Proxy,

    /// <summary>A request built anew: <c>enableForwardingHttpRequest</c>, on hosts that do not know the proxy.</summary>
    Forward,
}
