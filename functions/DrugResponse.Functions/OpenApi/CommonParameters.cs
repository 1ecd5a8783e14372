using DrugResponse.Contracts.Reading;
using Microsoft.OpenApi;

namespace DrugResponse.Functions.OpenApi;

/// <summary>Parameters that several endpoints take.</summary>
internal static class CommonParameters
{
    private static readonly string Name = $"[^,]{{0,{PredictionRequestReader.MaxNameLength}}}";

    /// <summary>Names a stored prediction.</summary>
    public static ParameterDescription PredictionId { get; } = new(
        "predictionId",
        ParameterLocation.Path,
        "The `predictionId` of an earlier answer.",
        "h9syvNuZLqvDHwU-eyHDfSLq4PdkcKOYiglexXOjpqI")
    {
        Form = KnownTexts.PredictionId,
    };

    /// <summary>Names a patient.</summary>
    public static ParameterDescription PatientKey { get; } = new(
        "patientKey",
        ParameterLocation.Path,
        "The patient's pseudonym, from an answer or from `POST v1/patients/lookup`.",
        "h9syvNuZLqvDHwU-eyHDfQ")
    {
        Form = KnownTexts.PatientKey,
    };

    /// <summary>Names a drug.</summary>
    public static ParameterDescription Drug { get; } = new(
        "drug", ParameterLocation.Path, "Ingredient, canonical lower-case name.", "warfarin")
    {
        Form = KnownTexts.Drug,
    };

    /// <summary>Names an endpoint of a drug.</summary>
    public static ParameterDescription Endpoint { get; } = new("endpoint", ParameterLocation.Path, "Endpoint key.", "dose")
    {
        Form = KnownTexts.Code,
    };

    /// <summary>Makes a request repeatable.</summary>
    public static ParameterDescription IdempotencyKey { get; } = new(
        Http.IdempotencyKey.Header,
        ParameterLocation.Header,
        $"1 to {Http.IdempotencyKey.MaxLength} characters of the caller's choice, of those that a header can hold. A repeated "
        + "request with the same key and body gets the first answer again, to the byte; with another body it is refused. Safe to retry "
        + "only with it.",
        "dispensing-2026-11-20-000123")
    {
        Form = new() { MinLength = 1, MaxLength = Http.IdempotencyKey.MaxLength, Pattern = Http.IdempotencyKey.Pattern },
    };

    /// <summary>Has a prediction made later.</summary>
    public static ParameterDescription Prefer { get; } = new(
        "Prefer",
        ParameterLocation.Header,
        "`respond-async`: the request is kept, encrypted, and scored from the queue; other preferences are ignored.",
        "respond-async");

    /// <summary>Names an API key.</summary>
    public static ParameterDescription KeyId { get; } = new(
        "keyId", ParameterLocation.Path, "The `keyId` of a key; it is no secret.", "0123456789abcdef")
    {
        Form = KnownTexts.KeyId,
    };

    /// <summary>Continues a list.</summary>
    public static ParameterDescription After { get; } = new(
        "after",
        ParameterLocation.Query,
        "The `after` of the page before; absent for the first page.",
        "h9syvNuZLqvDHwU-eyHDfSLq4PdkcKOYiglexXOjpqI")
    {
        Form = KnownTexts.PredictionId,
    };

    /// <summary>Names drugs, comma-separated.</summary>
    /// <param name="description">What they are for.</param>
    /// <param name="example">A value.</param>
    /// <param name="most">How many there may be.</param>
    public static ParameterDescription Candidates(string description, string example, int most) => new(
        "candidates",
        ParameterLocation.Query,
        $"{description}, comma-separated; at most {most}, of at most {PredictionRequestReader.MaxNameLength} characters each.",
        example)
    {
        Form = new()
        {
            Pattern = $"^{Name}(,{Name}){{0,{most - 1}}}$",
        },
    };
}
