using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Functions.Http;
using DrugResponse.Prediction;

namespace DrugResponse.Functions.Catalogue;

/// <summary><c>GET v1/features</c>: what models may ask for, and the words of a request that it is computed from.</summary>
internal static class ListFeatures
{
    // It changes with the program only.
    private static readonly Lazy<byte[]> Json =
        new(static () => JsonSerializer.SerializeToUtf8Bytes(FeatureDescriber.Describe(), ContractsJsonContext.Wire.FeatureList));

    public static IResult Handle() => new JsonAnswer(Json.Value, StatusCodes.Status200OK);
}
