using System.Runtime.InteropServices;
using System.Text.Json;
using DrugResponse.Contracts.Access;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Predictions;

namespace DrugResponse.Functions.Predictions;

/// <summary><c>GET v1/predictions/{predictionId}</c>: an answer as it was given. A sponsor gets those of batches only.</summary>
internal static class GetPrediction
{
    public static async Task<IResult> HandleAsync(
        string predictionId,
        PredictionStore predictions,
        BatchResultStore batchResults,
        Caller caller,
        AuditNote note,
        CancellationToken cancellationToken)
    {
        if (BatchRowId.TryParse(predictionId, out var row))
            return await batchResults.GetAsync(caller.Tenant, row, cancellationToken) is { Kind: BatchResultKind.Result } result
                ? new JsonAnswer(PredictionOf(result.Content), StatusCodes.Status200OK)
                : ProblemResponses.NotFound();
        if (!PredictionId.TryParse(predictionId, out var id) || !caller.Roles.Contains(CallerRoles.Pharmacy))
            return ProblemResponses.NotFound();

        if (await predictions.GetAsync(caller.Tenant, id, cancellationToken) is not { } stored)
            return ProblemResponses.NotFound();

        note.IsAbout(stored);
        return new JsonAnswer(stored.Content, StatusCodes.Status200OK);
    }

    // A row of a batch is kept as the line that it is in the batch's results.
    private static byte[] PredictionOf(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        return JsonMarshal.GetRawUtf8Value(json.RootElement.GetProperty("prediction")).ToArray();
    }
}
