using System.Net.Http.Headers;

namespace DrugResponse.Client;

/// <summary>Says who the caller is, on every attempt: a token may have expired since the last one.</summary>
internal sealed class CredentialHandler(DrugResponseClientOptions options) : DelegatingHandler
{
    private const string KeyHeader = "x-functions-key";

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (options.AccessToken is { } getToken)
        {
            var token = await getToken(cancellationToken).ConfigureAwait(false);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        else if (options.ApiKey is { } key)
        {
            request.Headers.Remove(KeyHeader);
            request.Headers.Add(KeyHeader, key);
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
