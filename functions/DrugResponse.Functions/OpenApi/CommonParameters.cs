using Microsoft.OpenApi;

namespace DrugResponse.Functions.OpenApi;

/// <summary>Parameters that several endpoints take.</summary>
internal static class CommonParameters
{
    /// <summary>Names a stored prediction.</summary>
    public static ParameterDescription PredictionId { get; } = new(
        "predictionId",
        ParameterLocation.Path,
        "The `predictionId` of an earlier answer.",
        "h9syvNuZLqvDHwU-eyHDfSLq4PdkcKOYiglexXOjpqI");

    /// <summary>Names a patient.</summary>
    public static ParameterDescription PatientKey { get; } = new(
        "patientKey",
        ParameterLocation.Path,
        "The patient's pseudonym, from an answer or from `POST v1/patients/lookup`.",
        "h9syvNuZLqvDHwU-eyHDfQ");

    /// <summary>Names a drug.</summary>
    public static ParameterDescription Drug { get; } = new(
        "drug", ParameterLocation.Path, "Ingredient, canonical lower-case name.", "warfarin");

    /// <summary>Names an endpoint of a drug.</summary>
    public static ParameterDescription Endpoint { get; } = new("endpoint", ParameterLocation.Path, "Endpoint key.", "dose");

    /// <summary>Makes a request repeatable.</summary>
    public static ParameterDescription IdempotencyKey { get; } = new(
        Http.IdempotencyKey.Header,
        ParameterLocation.Header,
        "1 to 256 characters of the caller's choice. A repeated request with the same key and body gets the first answer again, to the "
        + "byte; with another body it is refused. Safe to retry only with it.",
        "dispensing-2026-11-20-000123");

    /// <summary>Has a prediction made later.</summary>
    public static ParameterDescription Prefer { get; } = new(
        "Prefer",
        ParameterLocation.Header,
        "`respond-async`: the request is kept, encrypted, and scored from the queue; other preferences are ignored.",
        "respond-async");

    /// <summary>Names an API key.</summary>
    public static ParameterDescription KeyId { get; } = new(
        "keyId", ParameterLocation.Path, "The `keyId` of a key; it is no secret.", "0123456789abcdef");

    /// <summary>Continues a list.</summary>
    public static ParameterDescription After { get; } = new(
        "after", ParameterLocation.Query, "The `after` of the page before; absent for the first page.", "h9syvNuZLqvDHwU-eyHDfSLq4PdkcKOYiglexXOjpqI");
}
