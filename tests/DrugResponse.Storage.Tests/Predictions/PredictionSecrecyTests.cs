using System.Text;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Tables;
using DrugResponse.Testing;

namespace DrugResponse.Storage.Tests.Predictions;

/// <summary>
/// Somebody writes to storage or reads it: what is kept is not to be read, and what was changed or moved is not given back.
/// </summary>
public sealed class PredictionSecrecyTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TenantName _tenant = AzuriteFixture.UniqueTenant();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_in_the_place_of_another_is_not_given_back()
    {
        var (connection, store) = await ConnectAsync();
        var (mine, other) = (await AddAsync(store, PatientKey.New()), await AddAsync(store, PatientKey.New()));

        await ReplaceAsync(connection, mine.Id, await RowAsync(connection, other.Id));

        await AssertDamagedAsync(store, mine.Id);
        Assert.Equal(other, await store.GetAsync(_tenant, other.Id, Cancellation));
    }

    [Fact]
    public async Task An_earlier_answer_of_the_same_patient_is_not_given_back_as_a_later_one()
    {
        var (connection, store) = await ConnectAsync();
        var patient = PatientKey.New();
        var (early, late) = (await AddAsync(store, patient), await AddAsync(store, patient, minute: 1));

        await ReplaceAsync(connection, late.Id, await RowAsync(connection, early.Id));

        await AssertDamagedAsync(store, late.Id);
    }

    [Theory]
    [InlineData("Content0")]
    [InlineData("ShadowScores")]
    public async Task A_part_of_another_prediction_is_not_given_back(string property)
    {
        var (connection, store) = await ConnectAsync();
        var (mine, other) = (await AddAsync(store, PatientKey.New()), await AddAsync(store, PatientKey.New()));
        var row = await RowAsync(connection, mine.Id);

        row[property] = (await RowAsync(connection, other.Id))[property];
        await ReplaceAsync(connection, mine.Id, row);

        await AssertDamagedAsync(store, mine.Id);
    }

    [Theory]
    [InlineData("RequestHash")]
    [InlineData("KnowledgeVersion")]
    [InlineData("ModelVersions")]
    [InlineData("Purpose")]
    [InlineData("Claim")]
    [InlineData("ConsentReference")]
    [InlineData("ShadowScores")]
    public async Task An_answer_is_not_given_back_beside_what_was_changed_or_taken_away(string property)
    {
        var (connection, store) = await ConnectAsync();
        var prediction = await AddAsync(store, PatientKey.New());
        var row = await RowAsync(connection, prediction.Id);

        row[property] = row[property] is string ? "other" : new byte[] { 1 };
        await ReplaceAsync(connection, prediction.Id, row);
        await AssertDamagedAsync(store, prediction.Id);

        row.Remove(property);
        await ReplaceAsync(connection, prediction.Id, row);
        await AssertDamagedAsync(store, prediction.Id);
    }

    [Fact]
    public async Task A_large_answer_in_the_place_of_another_is_not_given_back()
    {
        var (connection, store) = await ConnectAsync();
        var mine = await AddAsync(store, PatientKey.New(), size: 600_000);
        var other = await AddAsync(store, PatientKey.New(), size: 600_000);
        var row = await RowAsync(connection, mine.Id);

        row["ContentBlob"] = (await RowAsync(connection, other.Id))["ContentBlob"];
        await ReplaceAsync(connection, mine.Id, row);

        await AssertDamagedAsync(store, mine.Id);
    }

    [Fact]
    public async Task An_answer_that_names_another_prediction_is_not_given_back()
    {
        var (_, store) = await ConnectAsync();
        var (id, other) = (PredictionId.Create(PatientKey.New(), Noon), PredictionId.Create(PatientKey.New(), Noon));
        await store.AddAsync(_tenant, Prediction(id) with { Content = KeptPredictions.Answer(other) }, Cancellation);

        await AssertDamagedAsync(store, id);
    }

    [Fact]
    public async Task Without_the_master_key_nothing_of_an_answer_can_be_read()
    {
        var (connection, store) = await ConnectAsync();
        var prediction = await AddAsync(store, PatientKey.New());

        await AssertDamagedAsync(KeptPredictions.Store(connection, masterKey: 2), prediction.Id);
        var row = await RowAsync(connection, prediction.Id);
        Assert.Equal(
            [
                "Claim", "ConsentReference", "Content0", "CreatedAt", "KnowledgeVersion", "ModelVersions", "PartitionKey", "Purpose",
                "RequestHash", "RowKey", "ShadowScores", "Timestamp", "odata.etag",
            ],
            row.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("warfarin", Encoding.Latin1.GetString(row.GetBinary("ShadowScores")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_answer_that_lost_leaves_no_blob()
    {
        var (connection, store) = await ConnectAsync();
        var prediction = await AddAsync(store, PatientKey.New(), size: 600_000);

        var again = await store.AddAsync(_tenant, prediction, Cancellation);

        Assert.Equal(prediction, again);
        var names = new List<string>();
        await foreach (var blob in connection.Blobs.GetBlobContainerClient(PredictionStore.ContainerName)
            .GetBlobsAsync(prefix: $"{_tenant}/", cancellationToken: Cancellation))
            names.Add(blob.Name);
        Assert.Equal((await RowAsync(connection, prediction.Id)).GetString("ContentBlob"), Assert.Single(names));
    }

    private static StoredPrediction Prediction(PredictionId id, int size = 0) =>
        new(id, KeptPredictions.Answer(id, size), "hash", "knowledge", "warfarin/dose@1.0.0")
        {
            Purpose = "treatment",
            ClaimId = "claim",
            SealedConsentReference = new byte[] { 7, 8, 9 },
            ShadowScores = """[{"drug":"warfarin"}]"""u8.ToArray(),
        };

    private async Task<(StorageConnection Connection, PredictionStore Store)> ConnectAsync()
    {
        var connection = await azurite.ConnectAsync();
        return (connection, KeptPredictions.Store(connection));
    }

    private Task<StoredPrediction> AddAsync(PredictionStore store, PatientKey patient, int minute = 0, int size = 0) =>
        store.AddAsync(_tenant, Prediction(PredictionId.Create(patient, Noon.AddMinutes(minute)), size), Cancellation);

    private async Task<TableEntity> RowAsync(StorageConnection connection, PredictionId id) => (await connection.Tables
        .GetTableClient(PredictionStore.TableName)
        .GetEntityAsync<TableEntity>($"{_tenant}~{id.PatientKey}", id.RowKey, cancellationToken: Cancellation)).Value;

    private Task ReplaceAsync(StorageConnection connection, PredictionId id, TableEntity content)
    {
        var row = new TableEntity($"{_tenant}~{id.PatientKey}", id.RowKey);
        foreach (var (name, value) in content)
        {
            if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"))
                row[name] = value;
        }

        return connection.Tables.GetTableClient(PredictionStore.TableName).UpsertEntityAsync(row, TableUpdateMode.Replace, Cancellation);
    }

    private async Task AssertDamagedAsync(PredictionStore store, PredictionId id)
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => store.GetAsync(_tenant, id, Cancellation));
        await Assert.ThrowsAsync<InvalidDataException>(() => store.ListAsync(_tenant, id.PatientKey, 10, cancellationToken: Cancellation));
    }
}
