using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Models;
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
        var now = clock.GetUtcNow();
        var faults = new FaultList();
        var request = PredictionRequestReader.Read(body, faults);
        var reading = request is null ? null : reader.Read(request, DateOnly.FromDateTime(now.UtcDateTime), faults);
        if (request is null || reading is null || !faults.IsEmpty)
            return new RecordOutcome.Refused(ProblemResponses.InvalidContent(faults.ToErrors()));
        if (await models.GetAsync(cancellationToken) is not { } modelSet)
            return new RecordOutcome.Refused(ProblemResponses.ModelsUnavailable());

        var patientKey = request.Patient?.Id is { } rawId
            ? await stores.Patients.GetOrCreateAsync(tenant, rawId, cancellationToken)
            : PatientKey.New();
        var draft = new Draft(PredictionId.Create(patientKey, now), request, hasher.Hash(tenant, request), modelSet, reading);

        return identify(request) is { } identity
            ? await StoreOnceAsync(tenant, draft, identity, now, cancellationToken)
            : await StoreAsync(tenant, draft, cancellationToken);
    }

    private async Task<RecordOutcome> StoreOnceAsync(
        TenantName tenant, Draft draft, RequestIdentity identity, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var claim = await stores.Idempotency.ClaimAsync(
            tenant, identity.Scope, identity.Key, draft.RequestHash, draft.Id.ToString(), now, cancellationToken);
        if (claim.IsOwn)
            return await StoreAsync(tenant, draft, cancellationToken);
        if (!hasher.IsHashOf(claim.Claim.RequestHash, tenant, draft.Request))
            return new RecordOutcome.Refused(ProblemResponses.IdempotencyKeyReused());

        if (!PredictionId.TryParse(claim.Claim.ResourceId, out var claimedId))
            throw new InvalidOperationException("A claim holds an id that is not a prediction's.");
        if (await stores.Predictions.GetAsync(tenant, claimedId, cancellationToken) is { } stored)
            return new RecordOutcome.Stored(claimedId.ToString(), stored.Content, Replayed: true);
        if (identity.RefuseWhileInProgress && now - claim.Claim.CreatedAt < InProgressFor)
            return new RecordOutcome.Refused(ProblemResponses.InProgress());

        return await StoreAsync(tenant, draft with { Id = claimedId }, cancellationToken);
    }

    private async Task<RecordOutcome> StoreAsync(TenantName tenant, Draft draft, CancellationToken cancellationToken)
    {
        var (response, shadows) = ScoringMeasures.Predict(
            draft.Reading, draft.Models, draft.Id.ToString(), draft.Id.PatientKey.ToString(), draft.Id.CreatedAt);
        var json = JsonSerializer.SerializeToUtf8Bytes(response, ContractsJsonContext.Wire.PredictionResponse);
        var prediction = new StoredPrediction(draft.Id, json, draft.RequestHash, response.KnowledgeVersion, Versions(response))
        {
            ShadowScores = shadows.Count == 0
                ? default
                : JsonSerializer.SerializeToUtf8Bytes(shadows, ShadowJson.Default.IReadOnlyListShadowScore),
        };
        var stored = await stores.Predictions.AddAsync(tenant, prediction, cancellationToken);
        return new RecordOutcome.Stored(draft.Id.ToString(), stored.Content, Replayed: false);
    }

    private static string Versions(PredictionResponse response) =>
        string.Join(',', response.Drugs.SelectMany(Models).Select(model => $"{model.Id}@{model.Version}").Distinct(StringComparer.Ordinal));

    private static IEnumerable<ModelReference> Models(DrugPrediction drug) =>
        drug.Adverse.Concat(drug.OtherResponses).Append(drug.Response).OfType<EndpointPrediction>().Select(endpoint => endpoint.Model)
            .Concat(drug.Dose is null ? [] : [drug.Dose.Model]);

    /// <summary>A prediction about to be made.</summary>
    private sealed record Draft(PredictionId Id, PredictionRequest Request, string RequestHash, ModelSet Models, PatientReading Reading);
}

/// <summary>The stores that a prediction is written to.</summary>
internal sealed record PredictionStores(PatientStore Patients, IdempotencyStore Idempotency, PredictionStore Predictions);
