using Azure.Core.Pipeline;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Tests;

/// <summary>A connection to real storage on which something happens just before the first transaction arrives.</summary>
internal sealed class BetweenRequests(Func<Task> happens) : DelegatingHandler(new SocketsHttpHandler())
{
    private int _transactions;

    public static TableServiceClient Connect(string connectionString, Func<Task> happens) => new(
        connectionString,
        new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(new BetweenRequests(happens))) });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post && Interlocked.Increment(ref _transactions) == 1)
            await happens();
        return await base.SendAsync(request, cancellationToken);
    }
}
