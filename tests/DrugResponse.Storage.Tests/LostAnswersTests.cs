using Azure;
using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Protection;
using DrugResponse.Storage.Tables;
using DrugResponse.Storage.Tests.Predictions;
using DrugResponse.Storage.Tests.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests;

public sealed class LostAnswersTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_insertion_finds_its_own_row_and_fails_with_409()
    {
        var name = (await TestTable.CreateAsync(azurite)).Name;
        var table = Connect(HttpMethod.Post).GetTableClient(name);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.AddEntityAsync(new TableEntity("p", "r") { ["Size"] = 3 }, Cancellation));

        Assert.Equal(409, failure.Status);
        Assert.Equal(3, (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value.GetInt32("Size"));
    }

    [Fact]
    public async Task An_upsert_succeeds()
    {
        var name = (await TestTable.CreateAsync(azurite)).Name;
        var table = Connect(HttpMethod.Put).GetTableClient(name);

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["Size"] = 3 }, TableUpdateMode.Replace, Cancellation);

        Assert.Equal(3, (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value.GetInt32("Size"));
    }

    [Fact]
    public async Task A_patient_that_was_entered_gets_the_key_that_was_entered()
    {
        await azurite.ConnectAsync();
        var ring = new PseudonymKeyRing(new Dictionary<int, byte[]> { [1] = new byte[32] }, 1);
        var store = new PatientStore(Connect(HttpMethod.Post), ring, TimeProvider.System);

        var key = await store.GetOrCreateAsync(_tenant, "MRN-0042", Cancellation);

        Assert.Equal(key, await store.FindAsync(_tenant, "MRN-0042", Cancellation));
    }

    [Fact]
    public async Task A_claim_that_was_made_is_ones_own()
    {
        await azurite.ConnectAsync();
        var store = new IdempotencyStore(Connect(HttpMethod.Post), new MasterKeyRing(new Dictionary<int, byte[]> { [1] = new byte[32] }, 1));

        var outcome = await store.ClaimAsync(_tenant, "predictions", "key", "hash", "one", Noon, Cancellation);

        Assert.Equal((true, new IdempotencyClaim("hash", "one", Noon)), (outcome.IsOwn, outcome.Claim));
    }

    [Fact]
    public async Task A_prediction_that_was_kept_is_given_back()
    {
        var blobs = (await azurite.ConnectAsync()).Blobs;
        var store = KeptPredictions.Store(Connect(HttpMethod.Post), blobs);
        var id = PredictionId.Create(PatientKey.New(), Noon);
        var prediction = new StoredPrediction(id, KeptPredictions.Answer(id), "hash", "knowledge", "models");

        Assert.Equal(prediction, await store.AddAsync(_tenant, prediction, Cancellation));
    }

    private TableServiceClient Connect(HttpMethod method) => LostAnswers.Connect(azurite.ConnectionString, method);
}
