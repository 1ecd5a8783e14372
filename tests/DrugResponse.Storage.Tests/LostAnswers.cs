using Azure.Core.Pipeline;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Tests;

/// <summary>
/// A connection to real storage that breaks each time the first answer to a kind of request is on its way: the request took effect, its
/// sender does not know.
/// </summary>
internal sealed class LostAnswers(HttpMethod method) : DelegatingHandler(new SocketsHttpHandler())
{
    private int _answers;

    public static TableServiceClient Connect(string connectionString, HttpMethod method) => new(
        connectionString,
        new TableClientOptions
        {
            Transport = new HttpClientTransport(new HttpClient(new LostAnswers(method))),
            RetryPolicy = new InteractiveRetryPolicy(),
        });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method == method && Interlocked.Increment(ref _answers) == 1)
        {
            response.Dispose();
            throw new HttpRequestException("The connection broke.");
        }

        return response;
    }
}
