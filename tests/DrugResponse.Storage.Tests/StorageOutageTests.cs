using System.Net.Sockets;
using Azure;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Models;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Protection;
using DrugResponse.Storage.Queues;
using DrugResponse.Storage.Tables;
using DrugResponse.Storage.Tests.Predictions;

namespace DrugResponse.Storage.Tests;

public sealed class StorageOutageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantName Tenant = TenantName.Parse("acme");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_service_fails_recognisably_while_storage_is_down_and_works_again_after()
    {
        var data = Directory.CreateTempSubdirectory("azurite-test-").FullName;
        try
        {
            await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions { DataDirectory = data }, Cancellation);
            var connection = new StorageConnection(new StorageOptions { ConnectionString = emulator.ConnectionString });
            await StorageSchema.EnsureCreatedAsync(connection, Cancellation);
            var patients = new PatientStore(
                connection.Tables, new PseudonymKeyRing(new Dictionary<int, byte[]> { [1] = new byte[32] }, 1), TimeProvider.System);
            var predictions = KeptPredictions.Store(connection);
            var claims = new IdempotencyStore(connection.Tables, new MasterKeyRing(new Dictionary<int, byte[]> { [1] = new byte[32] }, 1));
            var models = new ModelBlobStore(connection.Blobs);
            var queue = connection.Queues.GetQueueClient(PredictionRequests.QueueName);

            var patient = await patients.GetOrCreateAsync(Tenant, "MRN-0042", Cancellation);
            var id = PredictionId.Create(patient.Key!.Value, Noon);
            var prediction = new StoredPrediction(id, KeptPredictions.Answer(id, 700_000), "hash", "knowledge", "models");
            await predictions.AddAsync(Tenant, prediction, Cancellation);
            await claims.ClaimAsync(Tenant, "predictions", "key", "hash", prediction.Id.ToString(), Noon, Cancellation);
            await models.UploadAsync(ModelBlobStore.RegistryPath, "{}"u8.ToArray(), Cancellation);
            await queue.SendMessageAsync("message", Cancellation);

            await emulator.StopAsync(Cancellation);

            var failures = await Task.WhenAll(
                FailureOf(() => patients.FindAsync(Tenant, "MRN-0042", Cancellation)),
                FailureOf(() => predictions.AddAsync(Tenant, prediction, Cancellation)),
                FailureOf(() => claims.ClaimAsync(Tenant, "predictions", "other", "hash", "id", Noon, Cancellation)),
                FailureOf(() => connection.Tables.GetTableClient("anytable").SubmitTransactionAsync(
                    [new(TableTransactionActionType.Add, new TableEntity("p", "r"))], Cancellation)),
                FailureOf(() => models.ReadRegistryAsync(cancellationToken: Cancellation)),
                FailureOf(() => queue.SendMessageAsync("message", Cancellation)));
            Assert.All(failures, failure => Assert.True(StorageOutage.IsOutage(failure, Cancellation), failure.ToString()));

            await emulator.RestartAsync(Cancellation);

            Assert.Equal(patient, await patients.FindAsync(Tenant, "MRN-0042", Cancellation));
            Assert.Equal(prediction, await predictions.GetAsync(Tenant, prediction.Id, Cancellation));
            Assert.Equal(
                prediction.Id.ToString(),
                (await claims.ClaimAsync(Tenant, "predictions", "key", "hash", "other", Noon, Cancellation)).Claim.ResourceId);
            Assert.Equal(ModelRegistryState.Changed, (await models.ReadRegistryAsync(cancellationToken: Cancellation)).State);
            Assert.Equal("message", (await queue.ReceiveMessageAsync(cancellationToken: Cancellation)).Value.Body.ToString());
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task A_service_that_takes_the_connection_and_never_answers_is_an_outage()
    {
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, AzuritePorts.FindFree().Table);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;
        var connection = new StorageConnection(new StorageOptions
        {
            ConnectionString = AzuriteEmulator.GetConnectionString(new AzuritePorts(port, port, port)),
            RequestTimeout = TimeSpan.FromSeconds(1.5),
        });

        var failure = await FailureOf(() => connection.Tables
            .GetTableClient("anytable")
            .GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation));

        // One attempt, hence one connection: the time allowed is over, so it is not repeated.
        Assert.True(StorageOutage.IsOutage(failure, Cancellation), failure.ToString());
        (await silent.AcceptSocketAsync(Cancellation)).Dispose();
        Assert.False(silent.Pending());
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_no_outage()
    {
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, AzuritePorts.FindFree().Table);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;
        var table = new TableClient(AzuriteEmulator.GetConnectionString(new AzuritePorts(port, port, port)), "anytable");
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        caller.CancelAfter(TimeSpan.FromMilliseconds(100));

        var failure = await FailureOf(() => table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: caller.Token));

        Assert.IsAssignableFrom<OperationCanceledException>(failure);
        Assert.False(StorageOutage.IsOutage(failure, caller.Token));
    }

    public static TheoryData<Exception, bool> Classified { get; } = new()
    {
        { new RequestFailedException(0, "no connection"), true },
        { new RequestFailedException(408, "x"), true },
        { new RequestFailedException(429, "x"), true },
        { new RequestFailedException(500, "x"), true },
        { new RequestFailedException(502, "x"), true },
        { new RequestFailedException(503, "x"), true },
        { new RequestFailedException(504, "x"), true },
        { new RequestFailedException(400, "x"), false },
        { new RequestFailedException(403, "x"), false },
        { new RequestFailedException(404, "x"), false },
        { new RequestFailedException(409, "x"), false },
        { new RequestFailedException(412, "x"), false },
        { new RequestFailedException(501, "x"), false },
        { new SocketException((int)SocketError.ConnectionRefused), true },
        { new HttpRequestException("x"), true },
        { new IOException("x", new SocketException((int)SocketError.ConnectionReset)), true },
        { new IOException("disk full"), false },
        { new TaskCanceledException("timeout"), true },
        { new TimeoutException(), true },
        { new AggregateException(new RequestFailedException(0, "x"), new TaskCanceledException()), true },
        { new AggregateException(new RequestFailedException(0, "x"), new InvalidOperationException()), false },
        { new AggregateException(), false },
        { new InvalidOperationException(), false },
    };

    [Theory]
    [MemberData(nameof(Classified), DisableDiscoveryEnumeration = true)]
    public void Tells_outages_from_other_failures(Exception exception, bool expected) =>
        Assert.Equal(expected, StorageOutage.IsOutage(exception, Cancellation));

    private static async Task<Exception> FailureOf<T>(Func<Task<T>> operation)
    {
        var exception = await Record.ExceptionAsync(operation);
        Assert.NotNull(exception);
        return exception;
    }
}
