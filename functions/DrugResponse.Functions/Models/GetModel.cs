using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Models;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Functions.Models;

/// <summary><c>GET v1/models/{drug}/{endpoint}</c>: the card, the files and the shape functions of the model in use.</summary>
internal static class GetModel
{
    public static async Task<IResult> HandleAsync(string drug, string endpoint, ModelSetKeeper models, CancellationToken cancellationToken)
    {
        if (await models.GetAsync(cancellationToken) is not { } set)
            return ProblemResponses.ModelsUnavailable();
        if (set.Find(drug, endpoint) is not { } model)
            return ProblemResponses.NotFound();

        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(Describe(model, set), ContractsJsonContext.Wire.ModelDetail), StatusCodes.Status200OK);
    }

    private static ModelDetail Describe(ScoredModel model, ModelSet set)
    {
        var (shapes, reason) = ShapesOf(model);
        return new ModelDetail
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
            Files = [.. model.Files.Select(static file => new ModelFile(file.Path, file.Sha256))],
            Card = JsonSerializer.SerializeToElement(model.Card, ModelJson.Default.ModelCard),
            Baseline = shapes?.Constant,
            ShapeFunctions = [.. (shapes?.Functions ?? []).Select(Describe)],
            ShapeFunctionsReason = reason,
        };
    }

    private static (ShapeFunctions? Shapes, string? Reason) ShapesOf(ScoredModel model)
    {
        try
        {
            return (model.GetShapeFunctions(), null);
        }
        catch (ExplanationUnavailableException exception)
        {
            return (null, exception.Message);
        }
    }

    private static FeatureShape Describe(InputShapeFunction function)
    {
        if (!FeatureCatalogue.TryGet(function.Input, out var feature))
            throw new InvalidOperationException("A model in use has an input that is no feature.");

        return new FeatureShape
        {
            Feature = feature.Name,
            Unit = feature.Unit,
            Meaning = feature.Meaning,
            UpperBounds = [.. function.UpperBounds.Select(static bound => double.IsFinite(bound) ? bound : (double?)null)],
            Effects = function.Effects,
            MissingEffect = function.MissingEffect,
        };
    }
}
