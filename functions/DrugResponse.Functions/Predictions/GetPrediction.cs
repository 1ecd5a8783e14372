using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Predictions;

namespace DrugResponse.Functions.Predictions;

/// <summary><c>GET v1/predictions/{predictionId}</c>: an answer as it was given.</summary>
internal static class GetPrediction
{
    public static async Task<IResult> HandleAsync(
        string predictionId, PredictionStore predictions, Caller caller, AuditNote note, CancellationToken cancellationToken)
    {
        if (!PredictionId.TryParse(predictionId, out var id))
            return ProblemResponses.NotFound();

        if (await predictions.GetAsync(caller.Tenant, id, cancellationToken) is not { } stored)
            return ProblemResponses.NotFound();

        note.IsAbout(stored);
        return new JsonAnswer(stored.Content, StatusCodes.Status200OK);
    }
}
