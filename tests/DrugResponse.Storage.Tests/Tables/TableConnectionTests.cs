using Azure.Core;
using Azure.Core.Pipeline;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Tables;

public sealed class TableConnectionTests(AzuriteFixture azurite)
{
    private const string Key = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1/")]
    [InlineData("AccountName=abc;AccountKey=" + Key, "https://abc.table.core.windows.net/")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=abc;AccountKey=" + Key + ";EndpointSuffix=core.chinacloudapi.cn", "http://abc.table.core.chinacloudapi.cn/")]
    [InlineData(" accountname = abc ; AccountKey=" + Key + ";TableEndpoint=https://tables.example.org/abc/;", "https://tables.example.org/abc/")]
    public void A_connection_string_leads_to_its_endpoint(string connectionString, string expected) =>
        Assert.Equal(expected, new TableServiceClient(connectionString).Uri.AbsoluteUri);

    [Theory]
    [InlineData("AccountKey=" + Key, "AccountName")]
    [InlineData("AccountName=abc", "AccountKey")]
    [InlineData("AccountName=abc;AccountKey=no base64 at all", "base64")]
    [InlineData("AccountName=abc;AccountName=abc;AccountKey=" + Key, "twice")]
    [InlineData("nonsense", "name=value")]
    [InlineData("UseDevelopmentStorage=false", "true")]
    [InlineData("AccountName=abc;AccountKey=" + Key + ";TableEndpoint=ftp://x", "Table service")]
    public void A_faulty_connection_string_is_refused_without_repeating_its_values(string connectionString, string expected)
    {
        var exception = Assert.Throws<FormatException>(() => new TableServiceClient(connectionString));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2Vj", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("no base64 at all", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_refuses_another_key_and_the_message_does_not_have_it()
    {
        var table = new TableClient(azurite.ConnectionString.Replace("AccountKey=Eby8", "AccountKey=Xby8", StringComparison.Ordinal), "anytable");

        var failure = await Assert.ThrowsAsync<Azure.RequestFailedException>(() => table.CreateIfNotExistsAsync(Cancellation));

        Assert.Equal(403, failure.Status);
        Assert.DoesNotContain("by8vdM02", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_credential_is_asked_for_storage_and_its_token_is_sent()
    {
        var transport = new RecordingTransport();
        var credential = new FixedCredential();
        var service = new TableServiceClient(
            new Uri("https://abc.table.core.windows.net"), credential, new TableClientOptions { Transport = transport });

        await Assert.ThrowsAsync<Azure.RequestFailedException>(
            () => service.GetTableClient("predictions").GetEntityAsync<TableEntity>("it's", "r", cancellationToken: Cancellation));

        Assert.Equal(["https://storage.azure.com/.default"], credential.Scopes);
        Assert.Equal("Bearer the-token", transport.Authorization);
        Assert.Equal("https://abc.table.core.windows.net/predictions(PartitionKey='it%27%27s',RowKey='r')", transport.Uri);
        Assert.Equal("2020-12-06", transport.Version);
    }

    private sealed class FixedCredential : TokenCredential
    {
        public string[] Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("the-token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Keeps what would go over the wire and answers 403, which is not repeated.</summary>
    private sealed class RecordingTransport() : HttpClientTransport(new HttpClient(new Handler()))
    {
        public string? Authorization { get; private set; }

        public string? Uri { get; private set; }

        public string? Version { get; private set; }

        public override ValueTask ProcessAsync(HttpMessage message)
        {
            Authorization = message.Request.Headers.TryGetValue("Authorization", out var authorization) ? authorization : null;
            Version = message.Request.Headers.TryGetValue("x-ms-version", out var version) ? version : null;
            Uri = message.Request.Uri.ToUri().AbsoluteUri;
            return base.ProcessAsync(message);
        }

        private sealed class Handler : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden));
        }
    }
}
