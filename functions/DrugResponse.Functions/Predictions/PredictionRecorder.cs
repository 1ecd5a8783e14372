using System.Text.Json;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Models;
using DrugResponse.Functions.Patients;
using DrugResponse.Functions.Problems;
using DrugResponse.Functions.Telemetry;
using DrugResponse.Prediction;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Patients;
using DrugResponse.Prediction.Scoring;
using DrugResponse.Storage;
using DrugResponse.Storage.Idempotency;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;

namespace DrugResponse.Functions.Predictions;

/// <summary>
/// The way of a prediction from its JSON body to its stored row, the same for HTTP and queue. A request that carries an
/// identity is written once however often it comes (decision 0004). Thread-safe.
/// </summary>
internal sealed class PredictionRecorder(
    PatientReader reader,
    ModelSetKeeper models,
    PredictionStores stores,
    RequestHasher hasher,
    TimeProvider clock)
{
    /// <summary>
    /// How long the first of two requests with one identity may be at work before the second takes over. Not longer than the
    /// <c>Retry-After</c> of an outage, after which a caller rightly expects its request to be done.
    /// </summary>
    private static readonly TimeSpan InProgressFor = TimeSpan.FromSeconds(5);

    /// <summary>Reads, scores and stores one request.</summary>
    /// <param name="tenant">Whose request it is.</param>
    /// <param name="body">The body.</param>
    /// <param name="identify">Tells what makes a repeated request the same; null when nothing does.</param>
    /// <param name="cancellationToken">Ends the work; what is stored by then stays, and a repetition finds it.</param>
    public async Task<RecordOutcome> RecordAsync(
        TenantName tenant, JsonElement body, Func<PredictionRequest, RequestIdentity?> identify, CancellationToken cancellationToken)
    {
        var (draft, refusal) = await PrepareAsync(tenant, body, cancellationToken);
        if (draft is null)
            return refusal!;
        if (identify(draft.Request) is not { } identity)
            return await StoreAsync(tenant, draft, cancellationToken);

        var (claimed, settled) = await ClaimAsync(tenant, draft, identity, cancellationToken);
        return claimed is null ? settled! : await StoreAsync(tenant, claimed, cancellationToken);
    }

    /// <summary>Reads one request and settles under which id it will be scored later.</summary>
    /// <param name="tenant">Whose request it is.</param>
    /// <param name="body">The body.</param>
    /// <param name="identity">What makes a repeated request the same; null when nothing does.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<RecordOutcome> ReserveAsync(
        TenantName tenant, JsonElement body, RequestIdentity? identity, CancellationToken cancellationToken)
    {
        var (draft, refusal) = await PrepareAsync(tenant, body, cancellationToken);
        if (draft is null)
            return refusal!;
        if (identity is null)
            return new RecordOutcome.Reserved(draft.Id, ClaimId: null);

        // Nobody is at work on it, so nobody need wait.
        var (claimed, settled) = await ClaimAsync(tenant, draft, identity with { RefuseWhileInProgress = false }, cancellationToken);
        return claimed is null ? settled! : new RecordOutcome.Reserved(claimed.Id, claimed.ClaimId);
    }

    /// <summary>Scores and stores one request under the id that was settled before.</summary>
    /// <param name="tenant">Whose request it is.</param>
    /// <param name="body">The body.</param>
    /// <param name="id">The id.</param>
    /// <param name="claimId">The claim of the idempotency key that the request came with.</param>
    /// <param name="cancellationToken">Ends the work; what is stored by then stays, and a repetition finds it.</param>
    /// <returns>The outcome; null when the patient was erased meanwhile.</returns>
    public async Task<RecordOutcome?> RecordReservedAsync(
        TenantName tenant, JsonElement body, PredictionId id, string? claimId, CancellationToken cancellationToken)
    {
        var (draft, refusal) = await PrepareAsync(tenant, body, cancellationToken);
        if (draft is null)
            return refusal!;
        if (draft.Request.Patient?.Id is not null && draft.Id.PatientKey != id.PatientKey)
            return null;

        return await StoreAsync(tenant, draft with { Id = id, ClaimId = claimId }, cancellationToken);
    }

    private async Task<(Draft? Draft, RecordOutcome.Refused? Refusal)> PrepareAsync(
        TenantName tenant, JsonElement body, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var faults = new FaultList();
        var request = PredictionRequestReader.Read(body, faults);
        var reading = request is null ? null : reader.Read(request, DateOnly.FromDateTime(now.UtcDateTime), faults);
        if (request is null || reading is null || !faults.IsEmpty)
            return (null, new RecordOutcome.Refused(ProblemResponses.InvalidContent(faults.ToErrors())));
        if (await models.GetAsync(cancellationToken) is not { } modelSet)
            return (null, new RecordOutcome.Refused(ProblemResponses.ModelsUnavailable()));

        var patient = request.Patient?.Id is { } rawId
            ? await stores.Patients.GetOrCreateAsync(tenant, rawId, cancellationToken)
            : new KnownPatient(PatientKey.New(), HasObjected: false);
        if (patient.HasObjected || patient.Key is not { } patientKey)
            return (null, new RecordOutcome.Refused(ProblemResponses.Objection()) { PatientKey = patient.Key });

        return (new Draft(PredictionId.Create(patientKey, now), request, hasher.Hash(tenant, request), modelSet, reading), null);
    }

    // Either the draft under the id that is claimed for it, or how the request was settled before.
    private async Task<(Draft? Draft, RecordOutcome? Settled)> ClaimAsync(
        TenantName tenant, Draft draft, RequestIdentity identity, CancellationToken cancellationToken)
    {
        var now = draft.Id.CreatedAt;
        var claim = await stores.Idempotency.ClaimAsync(
            tenant, identity.Scope, identity.Key, draft.RequestHash, draft.Id.ToString(), now, cancellationToken);
        draft = draft with { ClaimId = claim.ClaimId };
        if (claim.IsOwn)
            return (draft, null);
        if (!hasher.IsHashOf(claim.Claim.RequestHash, tenant, draft.Request))
            return (null, new RecordOutcome.Refused(ProblemResponses.IdempotencyKeyReused()));

        if (!PredictionId.TryParse(claim.Claim.ResourceId, out var claimedId))
            throw new InvalidOperationException("A claim holds an id that is not a prediction's.");
        if (draft.Request.Patient?.Id is not null && claimedId.PatientKey != draft.Id.PatientKey)
        {
            // The patient was erased since, and nothing may be kept under that key again.
            await stores.Idempotency.ReleaseAsync(tenant, claim.Claim.ResourceId, cancellationToken);
            return await ClaimAsync(tenant, draft, identity, cancellationToken);
        }

        if (await stores.Predictions.GetAsync(tenant, claimedId, cancellationToken) is { } stored)
            return (null, new RecordOutcome.Stored(stored, Replayed: true));
        return identity.RefuseWhileInProgress && now - claim.Claim.CreatedAt < InProgressFor
            ? (null, new RecordOutcome.Refused(ProblemResponses.InProgress()))
            : (draft with { Id = claimedId }, null);
    }

    private async Task<RecordOutcome> StoreAsync(TenantName tenant, Draft draft, CancellationToken cancellationToken)
    {
        var (response, shadows) = ScoringMeasures.Predict(
            draft.Reading, draft.Models, draft.Id.ToString(), draft.Id.PatientKey.ToString(), draft.Id.CreatedAt);
        var json = PredictionResponseWriter.ToJson(response);
        var used = new ModelsUsed();
        used.Add(response);
        var prediction = new StoredPrediction(draft.Id, json, draft.RequestHash, response.KnowledgeVersion, used.Versions)
        {
            Purpose = draft.Request.Purpose,
            SealedConsentReference = stores.Consents.Seal(tenant, draft.Id, draft.Request.ConsentReference),
            ClaimId = draft.ClaimId,
            ShadowScores = shadows.Count == 0
                ? default
                : JsonSerializer.SerializeToUtf8Bytes(shadows, ShadowJson.Default.IReadOnlyListShadowScore),
        };
        var stored = await stores.Predictions.AddAsync(tenant, prediction, cancellationToken);
        return new RecordOutcome.Stored(stored, Replayed: false);
    }

    /// <summary>A prediction about to be made.</summary>
    private sealed record Draft(PredictionId Id, PredictionRequest Request, string RequestHash, ModelSet Models, PatientReading Reading)
    {
        public string? ClaimId { get; init; }
    }
}

/// <summary>The stores that a prediction is written to.</summary>
internal sealed record PredictionStores(
    PatientStore Patients, IdempotencyStore Idempotency, PredictionStore Predictions, ConsentReferences Consents);
