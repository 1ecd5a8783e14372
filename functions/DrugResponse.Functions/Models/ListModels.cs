using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Models;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Functions.Models;

/// <summary><c>GET v1/models</c>: the models in use, and the candidates beside them.</summary>
internal static class ListModels
{
    public static async Task<IResult> HandleAsync(ModelSetKeeper models, CancellationToken cancellationToken)
    {
        if (await models.GetAsync(cancellationToken) is not { } set)
            return ProblemResponses.ModelsUnavailable();

        var list = new ModelList(
        [
            .. set.Models
                .Select(model => Summarise(model, set))
                .OrderBy(static model => model.Drug, StringComparer.Ordinal)
                .ThenBy(static model => model.Endpoint, StringComparer.Ordinal),
        ]);
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(list, ContractsJsonContext.Wire.ModelList), StatusCodes.Status200OK);
    }

    private static ModelSummary Summarise(ScoredModel model, ModelSet set) => new()
    {
        Drug = model.Card.Drug,
        Endpoint = model.Card.Endpoint,
        Kind = JsonNamingPolicy.CamelCase.ConvertName(model.Card.Kind.ToString()),
        Primary = model.IsPrimary,
        ActiveVersion = model.Reference.Version,
        CandidateVersion = set.FindCandidate(model.Card.Drug, model.Card.Endpoint)?.Reference.Version,
        Predicts = model.Card.Predicts,
        TrainedOn = model.Reference.TrainedOn,
        ComparisonGroup = model.Card.ComparisonGroup,
        Sha256 = model.Reference.Sha256,
    };
}
