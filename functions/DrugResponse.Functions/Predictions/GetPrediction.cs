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
        BatchRowPredictions batchRows,
        Caller caller,
        AuditNote note,
        CancellationToken cancellationToken)
    {
        if (BatchRowId.TryParse(predictionId, out var row))
            return await batchRows.ReadAsync(caller.Tenant, row, note, cancellationToken);
        if (!PredictionId.TryParse(predictionId, out var id) || !caller.Roles.Contains(CallerRoles.Pharmacy))
            return ProblemResponses.NotFound();

        if (await predictions.GetAsync(caller.Tenant, id, cancellationToken) is not { } stored)
            return ProblemResponses.NotFound();

        note.IsAbout(stored);
        return new JsonAnswer(stored.Content, StatusCodes.Status200OK);
    }
}
