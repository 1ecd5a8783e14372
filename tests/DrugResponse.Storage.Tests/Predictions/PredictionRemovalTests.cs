using DrugResponse.Storage.Development;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Predictions;

public sealed class PredictionRemovalTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_predictions_of_a_patient_go_with_their_blobs_and_nobody_elses()
    {
        var connection = await azurite.ConnectAsync();
        var store = KeptPredictions.Store(connection);
        var (patient, other) = (PatientKey.New(), PatientKey.New());
        var kept = await store.AddAsync(_tenant, Prediction(other, Noon, large: true), Cancellation);
        for (var i = 0; i < 105; i++)
            await store.AddAsync(_tenant, Prediction(patient, Noon.AddSeconds(i), large: i == 0), Cancellation);

        var removed = await store.RemoveAsync(_tenant, patient, Cancellation);

        Assert.Equal(105, removed);
        Assert.Empty((await store.ListAsync(_tenant, patient, 1, cancellationToken: Cancellation)).Predictions);
        Assert.Equal(kept, await store.GetAsync(_tenant, kept.Id, Cancellation));
        Assert.Equal($"{_tenant}/{other}", await BlobFoldersAsync(connection));
        Assert.Equal(0, await store.RemoveAsync(_tenant, patient, Cancellation));
    }

    [Fact]
    public async Task Predictions_that_are_old_enough_go_with_their_blobs()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        var connection = new StorageConnection(new StorageOptions { ConnectionString = emulator.ConnectionString });
        await StorageSchema.EnsureCreatedAsync(connection, Cancellation);
        var store = KeptPredictions.Store(connection);
        var (patient, newer) = (PatientKey.New(), PatientKey.New());
        await store.AddAsync(_tenant, Prediction(patient, Noon.AddDays(-31), large: true), Cancellation);
        var kept = await store.AddAsync(_tenant, Prediction(newer, Noon.AddDays(-29), large: true), Cancellation);

        // An upload is left without its row when the process ends in between.
        var container = connection.Blobs.GetBlobContainerClient(PredictionStore.ContainerName);
        await foreach (var blob in container.GetBlobsAsync(prefix: $"{_tenant}/{patient}/", cancellationToken: Cancellation))
            await container.GetBlobClient(blob.Name + "0").UploadAsync(BinaryData.FromString("left over"), Cancellation);

        var removed = new RemovalCount();
        await store.RemoveOlderAsync(Noon.AddDays(-30), removed, Cancellation);

        Assert.Equal(1, removed.ByTenant[_tenant]);

        Assert.Empty((await store.ListAsync(_tenant, patient, 1, cancellationToken: Cancellation)).Predictions);
        Assert.Equal(kept, await store.GetAsync(_tenant, kept.Id, Cancellation));
        Assert.Equal($"{_tenant}/{newer}", await BlobFoldersAsync(connection));
    }

    private static StoredPrediction Prediction(PatientKey patient, DateTimeOffset at, bool large = false)
    {
        var id = PredictionId.Create(patient, at);
        return new StoredPrediction(id, KeptPredictions.Answer(id, large ? 700_000 : 10), "hash", "knowledge", "models")
        {
            ClaimId = "claim",
            Purpose = "treatment",
            SealedConsentReference = new byte[] { 1, 2, 3 },
        };
    }

    private async Task<string> BlobFoldersAsync(StorageConnection connection)
    {
        var folders = new List<string>();
        var container = connection.Blobs.GetBlobContainerClient(PredictionStore.ContainerName);
        await foreach (var blob in container.GetBlobsAsync(prefix: $"{_tenant}/", cancellationToken: Cancellation))
            folders.Add(blob.Name[..blob.Name.LastIndexOf('/')]);
        return Assert.Single(folders);
    }
}
