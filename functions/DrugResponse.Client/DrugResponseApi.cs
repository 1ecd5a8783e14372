using System.Net;
using System.Text.Json.Serialization.Metadata;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Catalogue;
using DrugResponse.Contracts.Genotypes;
using DrugResponse.Contracts.Health;
using DrugResponse.Contracts.Models;
using DrugResponse.Contracts.Predictions;
using Microsoft.Extensions.Options;

namespace DrugResponse.Client;

/// <summary>The API over HTTP. <see cref="DrugResponseClientRegistration"/> makes it.</summary>
internal sealed partial class DrugResponseApi(
    HttpClient http, IHttpClientFactory clients, IOptions<DrugResponseClientOptions> options, TimeProvider time) : IDrugResponseApi
{
    private static readonly ContractsJsonContext Json = ContractsJsonContext.Wire;

    private readonly ApiConnection _connection = new(http, options.Value, time);

    /// <inheritdoc />
    public Task<PredictionResponse> PredictPatientAsync(
        PredictionRequest request, string? idempotencyKey, CancellationToken cancellationToken) =>
        _connection.SendAsync(Prediction(request, idempotencyKey), Json.PredictionResponse, cancellationToken);

    /// <inheritdoc />
    public Task<QueuedPrediction> QueuePredictionAsync(
        PredictionRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var message = Prediction(request, idempotencyKey);
        message.Headers.Add("Prefer", "respond-async");
        // What was scored before is answered whole, and its ids are what is read of it.
        return _connection.SendAsync(message, Json.QueuedPrediction, cancellationToken);
    }

    /// <inheritdoc />
    public Task<PredictionResponse> GetPredictionAsync(string predictionId, CancellationToken cancellationToken) =>
        GetAsync($"v1/predictions/{RouteSegment.OfId(predictionId)}", Json.PredictionResponse, cancellationToken);

    /// <inheritdoc />
    public async Task<string?> FindPatientAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await LookUpAsync(new PatientLookupRequest { Id = id }, cancellationToken).ConfigureAwait(false);
        }
        catch (DrugResponseApiException absent) when (absent is { StatusCode: HttpStatusCode.NotFound, Problem: not null })
        {
            return null;
        }
    }

    /// <inheritdoc />
    public Task<string> EnterPatientAsync(string id, CancellationToken cancellationToken) =>
        LookUpAsync(new PatientLookupRequest { Id = id, Create = true }, cancellationToken);

    /// <inheritdoc />
    public Task<PatientPredictions> ListPatientPredictionsAsync(string patientKey, string? after, CancellationToken cancellationToken) =>
        GetAsync($"{Patient(patientKey)}/predictions{After(after)}", Json.PatientPredictions, cancellationToken);

    /// <inheritdoc />
    public Task<GenotypeTranslation> TranslateGenotypeAsync(PredictionRequest request, bool allCalls, CancellationToken cancellationToken)
    {
        var path = $"v1/genotypes/translate{(allCalls ? "?calls=all" : "")}";
        var message = ApiConnection.Post(path, request, ContractsJsonContext.Sparse.PredictionRequest);
        Repeatability.MarkReadOnly(message);
        return _connection.SendAsync(message, Json.GenotypeTranslation, cancellationToken);
    }

    /// <inheritdoc />
    public Task<GeneList> ListGenesAsync(CancellationToken cancellationToken) => GetAsync("v1/genes", Json.GeneList, cancellationToken);

    /// <inheritdoc />
    public Task<DrugList> ListDrugsAsync(CancellationToken cancellationToken) => GetAsync("v1/drugs", Json.DrugList, cancellationToken);

    /// <inheritdoc />
    public Task<FeatureList> ListFeaturesAsync(CancellationToken cancellationToken) =>
        GetAsync("v1/features", Json.FeatureList, cancellationToken);

    /// <inheritdoc />
    public Task<ModelList> ListModelsAsync(CancellationToken cancellationToken) => GetAsync("v1/models", Json.ModelList, cancellationToken);

    /// <inheritdoc />
    public Task<ModelDetail> GetModelAsync(string drug, string endpoint, CancellationToken cancellationToken) =>
        GetAsync($"v1/models/{RouteSegment.OfName(drug)}/{RouteSegment.OfName(endpoint)}", Json.ModelDetail, cancellationToken);

    /// <inheritdoc />
    public Task<BatchStatus> SubmitBatchAsync(
        IAsyncEnumerable<CohortRow> rows, BatchSubmission submission, CancellationToken cancellationToken) =>
        SubmitBatchAsync(new CohortContent(rows), submission, cancellationToken);

    /// <inheritdoc />
    public Task<BatchStatus> SubmitBatchAsync(HttpContent content, BatchSubmission submission, CancellationToken cancellationToken)
    {
        var message = Submission(submission, "");
        message.Content = content;
        // Whatever content it is: only the caller knows whether it can be read twice.
        Repeatability.MarkUnrepeatable(message);
        return _connection.SendAsync(message, Json.BatchStatus, cancellationToken);
    }

    /// <inheritdoc />
    public Task<BatchUpload> CreateBatchUploadAsync(CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "v1/batches/uploads");
        // An address that nobody uses disappears by itself.
        Repeatability.MarkReadOnly(message);
        return _connection.SendAsync(message, Json.BatchUpload, cancellationToken);
    }

    /// <inheritdoc />
    public Task<BatchStatus> SubmitUploadAsync(
        string uploadId, string format, BatchSubmission submission, CancellationToken cancellationToken) =>
        _connection.SendAsync(
            Submission(submission, $"&upload={RouteSegment.OfId(uploadId)}&input={Escape(format)}"), Json.BatchStatus, cancellationToken);

    /// <inheritdoc />
    public Task<BatchList> ListBatchesAsync(string? after, CancellationToken cancellationToken) =>
        GetAsync($"v1/batches{After(after)}", Json.BatchList, cancellationToken);

    /// <inheritdoc />
    public Task<BatchStatus> GetBatchAsync(string batchId, CancellationToken cancellationToken) =>
        GetAsync(Batch(batchId), Json.BatchStatus, cancellationToken);

    /// <inheritdoc />
    public Task<BatchStatus> CancelBatchAsync(string batchId, CancellationToken cancellationToken) =>
        _connection.SendAsync(new HttpRequestMessage(HttpMethod.Delete, Batch(batchId)), Json.BatchStatus, cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<BatchResultLine> GetBatchResultsAsync(string batchId, long afterLine, CancellationToken cancellationToken) =>
        BatchLineStream.ReadAsync(
            _connection, Results(batchId), afterLine, Json.BatchResultLine, static line => line.Line, cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<BatchErrorLine> GetBatchErrorsAsync(string batchId, long afterLine, CancellationToken cancellationToken) =>
        BatchLineStream.ReadAsync(
            _connection, Errors(batchId), afterLine, Json.BatchErrorLine, static line => line.Line, cancellationToken);

    /// <inheritdoc />
    public Task<BatchSummary> GetBatchSummaryAsync(string batchId, CancellationToken cancellationToken) =>
        GetAsync($"{Batch(batchId)}/summary", Json.BatchSummary, cancellationToken);

    /// <inheritdoc />
    public Task<LiveAnswer> GetLiveHealthAsync(CancellationToken cancellationToken) =>
        GetAsync("health/live", Json.LiveAnswer, cancellationToken);

    /// <inheritdoc />
    public Task<ReadyAnswer> GetReadyHealthAsync(CancellationToken cancellationToken) => _connection.SendOnceAsync(
        new HttpRequestMessage(HttpMethod.Get, "health/ready"), Json.ReadyAnswer, HttpStatusCode.ServiceUnavailable, cancellationToken);

    // Whoever was entered before is found the second time.
    private async Task<string> LookUpAsync(PatientLookupRequest request, CancellationToken cancellationToken)
    {
        var message = ApiConnection.Post("v1/patients/lookup", request, ContractsJsonContext.Sparse.PatientLookupRequest);
        Repeatability.MarkReadOnly(message);
        return (await _connection.SendAsync(message, Json.PatientLookupResponse, cancellationToken).ConfigureAwait(false)).PatientKey;
    }

    private Task<TAnswer> GetAsync<TAnswer>(string path, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken)
        where TAnswer : class =>
        _connection.SendAsync(new HttpRequestMessage(HttpMethod.Get, path), type, cancellationToken);

    private static HttpRequestMessage Prediction(PredictionRequest request, string? idempotencyKey)
    {
        var message = ApiConnection.Post("v1/predictions", request, ContractsJsonContext.Sparse.PredictionRequest);
        message.Headers.Add(Repeatability.IdempotencyKeyHeader, idempotencyKey ?? NewKey());
        return message;
    }

    private static HttpRequestMessage Submission(BatchSubmission submission, string input)
    {
        var query = string.Concat(
            $"?results={Escape(submission.ResultsFormat)}",
            string.Concat(submission.Candidates.Select(static candidate => $"&candidates={Escape(candidate)}")),
            submission.Name is { } name ? $"&name={Escape(name)}" : "",
            submission.Webhook is { } webhook ? $"&webhook={Escape(Text(webhook))}" : "",
            input);
        var message = new HttpRequestMessage(HttpMethod.Post, $"v1/batches{query}");
        message.Headers.Add(Repeatability.IdempotencyKeyHeader, submission.IdempotencyKey ?? NewKey());
        return message;
    }

    // What is no address of the web is for the service to refuse.
    private static string Text(Uri webhook) => webhook.IsAbsoluteUri ? webhook.AbsoluteUri : webhook.OriginalString;

    private static string Batch(string batchId) => $"v1/batches/{RouteSegment.OfId(batchId)}";

    private static string Results(string batchId) => $"{Batch(batchId)}/results";

    private static string Errors(string batchId) => $"{Batch(batchId)}/errors";

    private static string After(string? after) => after is null ? "" : $"?after={Escape(after)}";

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
