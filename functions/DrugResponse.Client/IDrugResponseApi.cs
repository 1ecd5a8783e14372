using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Catalogue;
using DrugResponse.Contracts.Genotypes;
using DrugResponse.Contracts.Health;
using DrugResponse.Contracts.Models;
using DrugResponse.Contracts.Predictions;

namespace DrugResponse.Client;

/// <summary>
/// The operations of the API, one method each. Thread-safe. Every method throws <see cref="DrugResponseApiException"/> when the service
/// refuses or something else answers in its place, <see cref="HttpRequestException"/> when it cannot be reached or its answer breaks off,
/// <see cref="TaskCanceledException"/> when the timeout passes; with <see cref="DrugResponseClientOptions.Endurance"/>, what may be
/// repeated throws <see cref="DrugResponseUnavailableException"/> in place of the last two. An id that cannot be one is an
/// <see cref="ArgumentException"/>, before anything is sent.
/// </summary>
public partial interface IDrugResponseApi
{
    /// <summary>Scores a patient: <c>POST v1/predictions</c>.</summary>
    /// <param name="request">The patient.</param>
    /// <param name="idempotencyKey">
    /// 1 to 256 characters that make the request repeatable, also by another process; when null the client makes one up for its own
    /// repetitions.
    /// </param>
    /// <param name="cancellationToken">Ends the call; the prediction may be stored all the same.</param>
    /// <returns>The answer, as it is stored.</returns>
    Task<PredictionResponse> PredictPatientAsync(
        PredictionRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Has a patient scored later, from the queue: <c>POST v1/predictions</c> with <c>Prefer: respond-async</c>. The request is kept
    /// encrypted until then. See also <see cref="PredictionWaiting.WaitForPredictionAsync"/>.
    /// </summary>
    /// <param name="request">The patient.</param>
    /// <param name="idempotencyKey">As for <see cref="PredictPatientAsync"/>.</param>
    /// <param name="cancellationToken">Ends the call; the request may be kept all the same.</param>
    /// <returns>The id that the prediction will have, or has when the same request was scored before.</returns>
    Task<QueuedPrediction> QueuePredictionAsync(
        PredictionRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>Reads a prediction: <c>GET v1/predictions/{predictionId}</c>.</summary>
    /// <param name="predictionId">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<PredictionResponse> GetPredictionAsync(string predictionId, CancellationToken cancellationToken = default);

    /// <summary>Finds a patient's pseudonym: <c>POST v1/patients/lookup</c>.</summary>
    /// <param name="id">The caller's own id of the patient.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The pseudonym; null when nothing is stored about the patient.</returns>
    Task<string?> FindPatientAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives a patient's pseudonym, and enters the patient when nothing is stored yet, so that an objection can be recorded before anybody
    /// is scored: <c>POST v1/patients/lookup</c> with <c>create</c>.
    /// </summary>
    /// <param name="id">The caller's own id of the patient.</param>
    /// <param name="cancellationToken">Ends the call; the patient may be entered all the same.</param>
    Task<string> EnterPatientAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Reads a page of a patient's predictions, newest first: <c>GET v1/patients/{patientKey}/predictions</c>.</summary>
    /// <param name="patientKey">The pseudonym.</param>
    /// <param name="after">The <c>After</c> of the page before; null for the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<PatientPredictions> ListPatientPredictionsAsync(
        string patientKey, string? after = null, CancellationToken cancellationToken = default);

    /// <summary>Says what a genotype means, and stores nothing: <c>POST v1/genotypes/translate</c>.</summary>
    /// <param name="request">Genotype, medications and candidates; the rest is not looked at.</param>
    /// <param name="allCalls">Whether to keep every plausible diplotype, and not only the best.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<GenotypeTranslation> TranslateGenotypeAsync(
        PredictionRequest request, bool allCalls = false, CancellationToken cancellationToken = default);

    /// <summary>Lists the genes that are known: <c>GET v1/genes</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<GeneList> ListGenesAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the drugs with a model or a guideline: <c>GET v1/drugs</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<DrugList> ListDrugsAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists features and the words of requests: <c>GET v1/features</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<FeatureList> ListFeaturesAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the models in use: <c>GET v1/models</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ModelList> ListModelsAsync(CancellationToken cancellationToken = default);

    /// <summary>Shows a model in use: <c>GET v1/models/{drug}/{endpoint}</c>.</summary>
    /// <param name="drug">Ingredient, canonical lower-case name.</param>
    /// <param name="endpoint">Endpoint key.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ModelDetail> GetModelAsync(string drug, string endpoint, CancellationToken cancellationToken = default);

    /// <summary>Submits a cohort, sent row by row as they come: <c>POST v1/batches</c>.</summary>
    /// <param name="rows">
    /// The rows. They are read once, so a submission that fails is not repeated by itself. What they throw comes out as it is.
    /// </param>
    /// <param name="submission">What to do with them.</param>
    /// <param name="cancellationToken">Ends the call; the batch may be accepted all the same.</param>
    /// <returns>The batch; its input is safe.</returns>
    Task<BatchStatus> SubmitBatchAsync(
        IAsyncEnumerable<CohortRow> rows, BatchSubmission submission, CancellationToken cancellationToken = default);

    /// <summary>Submits a cohort that is at hand as NDJSON, CSV or a JSON array: <c>POST v1/batches</c>.</summary>
    /// <param name="content">The rows, with their content type, and <c>gzip</c> as content encoding where they are compressed.</param>
    /// <param name="submission">What to do with them.</param>
    /// <param name="cancellationToken">Ends the call; the batch may be accepted all the same.</param>
    /// <returns>The batch; its input is safe.</returns>
    Task<BatchStatus> SubmitBatchAsync(HttpContent content, BatchSubmission submission, CancellationToken cancellationToken = default);

    /// <summary>Asks for an address for an input that is too large for one request: <c>POST v1/batches/uploads</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<BatchUpload> CreateBatchUploadAsync(CancellationToken cancellationToken = default);

    /// <summary>Submits an input that was uploaded: <c>POST v1/batches?upload=</c>.</summary>
    /// <param name="uploadId">The upload.</param>
    /// <param name="format">What it is: one of <see cref="BatchFormats"/>.</param>
    /// <param name="submission">What to do with it.</param>
    /// <param name="cancellationToken">Ends the call; the batch may be accepted all the same.</param>
    Task<BatchStatus> SubmitUploadAsync(
        string uploadId, string format, BatchSubmission submission, CancellationToken cancellationToken = default);

    /// <summary>Reads a page of batches, newest first: <c>GET v1/batches</c>.</summary>
    /// <param name="after">The <c>After</c> of the page before; null for the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<BatchList> ListBatchesAsync(string? after = null, CancellationToken cancellationToken = default);

    /// <summary>Says how far a batch is: <c>GET v1/batches/{batchId}</c>. See also <see cref="BatchWaiting.WaitForBatchAsync"/>.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<BatchStatus> GetBatchAsync(string batchId, CancellationToken cancellationToken = default);

    /// <summary>Asks for a batch to be cancelled: <c>DELETE v1/batches/{batchId}</c>.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<BatchStatus> CancelBatchAsync(string batchId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Streams results in the order of the input: <c>GET v1/batches/{batchId}/results</c>. Of a batch that still runs it gives what can be
    /// read by now. A connection that breaks is taken up where it broke.
    /// </summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="afterLine">The <c>Line</c> of the last row that the caller has; 0 for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">The answer broke off again and again, or fell silent, without a row in between.</exception>
    IAsyncEnumerable<BatchResultLine> GetBatchResultsAsync(
        string batchId, long afterLine = 0, CancellationToken cancellationToken = default);

    /// <summary>Streams faulty rows, as <see cref="GetBatchResultsAsync"/> does results: <c>GET v1/batches/{batchId}/errors</c>.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="afterLine">The <c>Line</c> of the last row that the caller has; 0 for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">The answer broke off again and again, or fell silent, without a row in between.</exception>
    IAsyncEnumerable<BatchErrorLine> GetBatchErrorsAsync(string batchId, long afterLine = 0, CancellationToken cancellationToken = default);

    /// <summary>Summarises the cohort: <c>GET v1/batches/{batchId}/summary</c>.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<BatchSummary> GetBatchSummaryAsync(string batchId, CancellationToken cancellationToken = default);

    /// <summary>Whether the process lives: <c>GET health/live</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<LiveAnswer> GetLiveHealthAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether the service can do its work: <c>GET health/ready</c>. That it cannot is an answer, no exception.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ReadyAnswer> GetReadyHealthAsync(CancellationToken cancellationToken = default);
}
