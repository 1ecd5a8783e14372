using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Protection;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Predictions;

/// <summary>
/// Keeps predictions: one row each, and a blob where the answer is too large for a row. Answers and shadow scores are encrypted; what was
/// changed, or put in the place of another, is not given back. Thread-safe.
/// </summary>
/// <param name="tables">The table service.</param>
/// <param name="blobs">The blob service.</param>
/// <param name="cipher">Encrypts.</param>
public sealed partial class PredictionStore(TableServiceClient tables, BlobServiceClient blobs, EnvelopeCipher cipher)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "predictions";

    /// <summary>The container of answers beyond 512 KiB (compressed and encrypted).</summary>
    public const string ContainerName = "predictions";

    /// <summary>Most predictions in a page.</summary>
    public const int MaxPageSize = 100;

    private const string CreatedAtProperty = "CreatedAt";
    private const string RequestHashProperty = "RequestHash";
    private const string KnowledgeVersionProperty = "KnowledgeVersion";
    private const string ModelVersionsProperty = "ModelVersions";
    private const string BlobProperty = "ContentBlob";
    private const string PurposeProperty = "Purpose";
    private const string ConsentReferenceProperty = "ConsentReference";
    private const string ClaimProperty = "Claim";
    private const string ShadowScoresProperty = "ShadowScores";

    private readonly PredictionSeal _seal = new(cipher);
    private readonly TableClient _table = tables.GetTableClient(TableName);
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>
    /// Keeps a prediction. If there is one of this id already, that one stays and is given back: work that is done again under the same id
    /// ends with the first answer.
    /// </summary>
    /// <param name="tenant">Whose prediction.</param>
    /// <param name="prediction">The prediction.</param>
    /// <param name="cancellationToken">Cancels the call; the prediction may be kept all the same.</param>
    /// <returns>What is kept: <paramref name="prediction"/>, or the earlier one.</returns>
    /// <exception cref="ArgumentException">The answer or a text is longer than can be kept.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<StoredPrediction> AddAsync(
        TenantName tenant, StoredPrediction prediction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        var id = prediction.Id;
        var row = new TableEntity(PartitionKeyOf(tenant, id.PatientKey), id.RowKey)
        {
            [CreatedAtProperty] = id.CreatedAt,
            [RequestHashProperty] = prediction.RequestHash,
            [KnowledgeVersionProperty] = prediction.KnowledgeVersion,
            [ModelVersionsProperty] = prediction.ModelVersions,
            [PurposeProperty] = prediction.Purpose!,
            [ClaimProperty] = prediction.ClaimId!,
        };
        if (!prediction.SealedConsentReference.IsEmpty)
            row[ConsentReferenceProperty] = BinaryData.FromBytes(prediction.SealedConsentReference);
        if (!prediction.ShadowScores.IsEmpty)
            row[ShadowScoresProperty] = BinaryData.FromBytes(_seal.SealShadowScores(tenant, prediction));

        var answer = _seal.SealAnswer(tenant, prediction);
        if (answer.Length <= ContentParts.MaxInRow)
            ContentParts.Store(answer, row);
        else
            row[BlobProperty] = await UploadAsync(tenant, id, answer, cancellationToken).ConfigureAwait(false);

        try
        {
            await _table.AddEntityAsync(row, cancellationToken).ConfigureAwait(false);
            return prediction;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return await TakeKeptAsync(tenant, id, row.GetString(BlobProperty), cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException($"A row of the table {TableName} exists and cannot be read.", failure);
        }
    }

    /// <summary>Reads a prediction.</summary>
    /// <param name="tenant">Whose prediction; that of another tenant is not found.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The prediction, or <see langword="null"/> if the tenant has none of this id.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    /// <exception cref="InvalidDataException">What is kept is damaged.</exception>
    public async Task<StoredPrediction?> GetAsync(TenantName tenant, PredictionId id, CancellationToken cancellationToken = default)
    {
        var row = await FindRowAsync(tenant, id, cancellationToken).ConfigureAwait(false);
        return row is null ? null : await ReadAsync(tenant, id.PatientKey, row, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a patient's predictions, newest first.</summary>
    /// <param name="tenant">Whose patient; that of another tenant has none.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="pageSize">How many at most, 1 to <see cref="MaxPageSize"/>.</param>
    /// <param name="continuation">Where the page before ended, for the next one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The page size is out of range, or the continuation is of another patient.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    /// <exception cref="InvalidDataException">What is kept is damaged.</exception>
    public async Task<PredictionPage> ListAsync(
        TenantName tenant,
        PatientKey patientKey,
        int pageSize,
        PredictionId? continuation = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MaxPageSize);
        if (continuation is { } last && last.PatientKey != patientKey)
            throw new ArgumentException("The list goes on after a prediction of another patient.", nameof(continuation));

        var partition = PartitionKeyOf(tenant, patientKey);
        var filter = continuation is { } after
            ? TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after.RowKey}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {partition}");

        // One more than asked for tells whether there are more.
        var predictions = new List<StoredPrediction>(pageSize);
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, pageSize + 1, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (predictions.Count == pageSize)
                return new PredictionPage(predictions, predictions[^1].Id);

            predictions.Add(await ReadAsync(tenant, patientKey, row, cancellationToken).ConfigureAwait(false));
        }

        return new PredictionPage(predictions, Continuation: null);
    }

    // Neither a tenant's name nor a patient key holds a tilde, so no two pairs share a partition.
    private static string PartitionKeyOf(TenantName tenant, PatientKey patientKey) => $"{tenant}~{patientKey}";

    private async Task<TableEntity?> FindRowAsync(TenantName tenant, PredictionId id, CancellationToken cancellationToken)
    {
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(PartitionKeyOf(tenant, id.PatientKey), id.RowKey, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return row.HasValue ? row.Value : null;
    }

    // The row that stays may be one's own, written by an attempt whose answer was lost; then it names the blob.
    private async Task<StoredPrediction?> TakeKeptAsync(
        TenantName tenant, PredictionId id, string? uploaded, CancellationToken cancellationToken)
    {
        if (await FindRowAsync(tenant, id, cancellationToken).ConfigureAwait(false) is not { } kept)
            return null;
        if (uploaded is not null && uploaded != kept.GetString(BlobProperty))
            await _container.DeleteBlobIfExistsAsync(uploaded, cancellationToken: cancellationToken).ConfigureAwait(false);
        return await ReadAsync(tenant, id.PatientKey, kept, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StoredPrediction> ReadAsync(
        TenantName tenant, PatientKey patientKey, TableEntity row, CancellationToken cancellationToken)
    {
        var beside = new StoredPrediction(
            PredictionId.FromRowKey(patientKey, row.RowKey),
            default,
            Require(row, RequestHashProperty),
            Require(row, KnowledgeVersionProperty),
            Require(row, ModelVersionsProperty))
        {
            Purpose = row.GetString(PurposeProperty),
            SealedConsentReference = row.GetBinary(ConsentReferenceProperty) ?? [],
            ClaimId = row.GetString(ClaimProperty),
        };
        var answer = row.GetString(BlobProperty) is { } blob
            ? await DownloadAsync(blob, cancellationToken).ConfigureAwait(false)
            : ContentParts.Load(row);
        return _seal.Open(tenant, beside, answer, row.GetBinary(ShadowScoresProperty));
    }

    private static string Require(TableEntity row, string property) =>
        row.GetString(property) ?? throw new InvalidDataException($"A row of the table {TableName} lacks {property}.");

    // The hash is part of the name, so that work done twice under one id never changes the blob that the kept row names.
    private async Task<string> UploadAsync(
        TenantName tenant, PredictionId id, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken)
    {
        var name = $"{FolderOf(tenant, id.PatientKey)}{id.RowKey}-{Convert.ToHexStringLower(SHA256.HashData(answer.Span))}";
        await _container
            .GetBlobClient(name)
            .UploadAsync(BinaryData.FromBytes(answer), overwrite: true, cancellationToken)
            .ConfigureAwait(false);
        return name;
    }

    private async Task<ReadOnlyMemory<byte>> DownloadAsync(string name, CancellationToken cancellationToken)
    {
        var content = await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken).ConfigureAwait(false);
        return content.Value.Content.ToMemory();
    }
}
