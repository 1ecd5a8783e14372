using System.Runtime.InteropServices;
using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Http;
using DrugResponse.Storage;
using DrugResponse.Storage.Queues;

namespace DrugResponse.Functions.Predictions;

/// <summary>Takes requests that need not be answered at once. Thread-safe.</summary>
internal sealed class PredictionQueue(PredictionRecorder recorder, QueuedRequestStore requests)
{
    private const string Preference = "respond-async";
    private const string FirstLookAfterSeconds = "1";

    /// <summary>Whether a caller would rather not wait.</summary>
    public static bool IsPreferredBy(HttpRequest request) =>
        request.Headers.GetCommaSeparatedValues("Prefer").Contains(Preference, StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps a request that is in order, and puts it on the queue.</summary>
    /// <param name="tenant">Whose request it is.</param>
    /// <param name="body">The body.</param>
    /// <param name="identity">What makes a repeated request the same; null when nothing does.</param>
    /// <param name="cancellationToken">Ends the work; a repetition goes on with it.</param>
    public async Task<RecordOutcome> AddAsync(
        TenantName tenant, JsonElement body, RequestIdentity? identity, CancellationToken cancellationToken)
    {
        var outcome = await recorder.ReserveAsync(tenant, body, identity, cancellationToken);
        if (outcome is RecordOutcome.Reserved reserved)
        {
            await requests.AddAsync(
                new QueuedRequest(tenant, reserved.Id, reserved.ClaimId), JsonMarshal.GetRawUtf8Value(body).ToArray(), cancellationToken);
        }

        return outcome;
    }

    /// <summary>The answer to a request that is kept.</summary>
    public static JsonAnswer Answer(HttpRequest request, RecordOutcome.Reserved reserved)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.RetryAfter = FirstLookAfterSeconds;
        headers["Preference-Applied"] = Preference;
        var answer = new QueuedPrediction(reserved.Id.ToString(), reserved.Id.PatientKey.ToString());
        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(answer, ContractsJsonContext.Wire.QueuedPrediction),
            StatusCodes.Status202Accepted,
            $"{request.Path}/{reserved.Id}");
    }
}
