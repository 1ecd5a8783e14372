using Azure.Core;
using Azure.Storage.Queues;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests;

public sealed class StorageConnectionTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_schema_can_be_created_any_number_of_times()
    {
        var connection = await azurite.ConnectAsync();

        await StorageSchema.EnsureCreatedAsync(connection, Cancellation);

        foreach (var container in StorageSchema.Containers)
            Assert.True(await connection.Blobs.GetBlobContainerClient(container).ExistsAsync(Cancellation));
        foreach (var queue in StorageSchema.Queues)
            Assert.True(await connection.Queues.GetQueueClient(queue).ExistsAsync(Cancellation));
        foreach (var table in StorageSchema.Tables)
            Assert.Equal(409, (await connection.Tables.CreateTableIfNotExistsAsync(table, Cancellation)).Status);
    }

    [Fact]
    public async Task Queue_messages_are_base64_on_the_wire()
    {
        var connection = await azurite.ConnectAsync();
        var queue = connection.Queues.GetQueueClient(AzuriteFixture.UniqueName("queue"));
        await queue.CreateAsync(cancellationToken: Cancellation);

        await queue.SendMessageAsync("Grüße", Cancellation);

        var plain = new QueueClient(azurite.ConnectionString, queue.Name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None });
        var message = await plain.PeekMessageAsync(Cancellation);
        Assert.Equal("R3LDvMOfZQ==", message.Value.Body.ToString());
    }

    [Fact]
    public void An_account_name_or_addresses_lead_to_the_services()
    {
        var credential = new NoCredential();

        var byName = new StorageConnection(new StorageOptions { AccountName = "abc" }, credential);
        var byAddress = new StorageConnection(
            new StorageOptions
            {
                BlobServiceUri = new Uri("https://b.example.org"),
                QueueServiceUri = new Uri("https://q.example.org"),
                TableServiceUri = new Uri("https://t.example.org"),
            },
            credential);

        Assert.Equal("https://abc.blob.core.windows.net/", byName.Blobs.Uri.AbsoluteUri);
        Assert.Equal("https://abc.queue.core.windows.net/", byName.Queues.Uri.AbsoluteUri);
        Assert.Equal("https://abc.table.core.windows.net/", byName.Tables.Uri.AbsoluteUri);
        Assert.Equal(
            ["https://b.example.org/", "https://q.example.org/", "https://t.example.org/"],
            [byAddress.Blobs.Uri.AbsoluteUri, byAddress.Queues.Uri.AbsoluteUri, byAddress.Tables.Uri.AbsoluteUri]);
    }

    [Fact]
    public void Uploads_lie_in_the_same_account_or_in_one_of_their_own()
    {
        var same = new StorageConnection(new StorageOptions { AccountName = "abc" }, new NoCredential());
        var byName = new StorageConnection(new StorageOptions { AccountName = "abc", UploadAccountName = "def" }, new NoCredential());
        var text = azurite.ConnectionString;
        var byText = new StorageConnection(new StorageOptions { AccountName = "abc", UploadConnectionString = text }, new NoCredential());

        Assert.Same(same.Blobs, same.UploadBlobs);
        Assert.Equal("https://abc.blob.core.windows.net/", byName.Blobs.Uri.AbsoluteUri);
        Assert.Equal("https://def.blob.core.windows.net/", byName.UploadBlobs.Uri.AbsoluteUri);
        Assert.Equal("devstoreaccount1", byText.UploadBlobs.AccountName);
        Assert.Throws<ArgumentException>(
            () => new StorageConnection(new StorageOptions { ConnectionString = text, UploadAccountName = "def" }));
        Assert.NotEmpty(new StorageOptions { AccountName = "abc", UploadAccountName = "def", UploadConnectionString = text }.FindFaults());
    }

    [Fact]
    public void Faulty_options_are_refused_with_every_fault_and_without_the_key()
    {
        var options = new StorageOptions
        {
            ConnectionString = "AccountName=abc;AccountKey=c2VjcmV0",
            TableServiceUri = new Uri("https://t.example.org"),
            RequestTimeout = TimeSpan.Zero,
        };

        var exception = Assert.Throws<ArgumentException>(() => new StorageConnection(options));

        Assert.Contains("exactly one of", exception.Message, StringComparison.Ordinal);
        Assert.Contains("give all three", exception.Message, StringComparison.Ordinal);
        Assert.Contains("RequestTimeout", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2Vj", exception.Message + options, StringComparison.Ordinal);
    }

    [Fact]
    public void No_options_and_no_credential_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new StorageConnection(new StorageOptions(), new NoCredential()));
        Assert.Throws<ArgumentException>(() => new StorageConnection(new StorageOptions { AccountName = "abc" }));
    }

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
