using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.OpenApi;

/// <summary>Problems that many endpoints answer with, with examples of their details.</summary>
internal static class CommonProblems
{
    /// <summary>Any endpoint.</summary>
    public static IEnumerable<ProblemResponse> Everywhere => [ProblemResponses.TooManyRequests(TimeSpan.FromSeconds(1)), ProblemResponses.Internal()];

    /// <summary>Endpoints that need storage.</summary>
    public static IEnumerable<ProblemResponse> Storage => [ProblemResponses.StorageUnavailable()];

    /// <summary>Endpoints that need storage and change what others may change at the same time.</summary>
    public static IEnumerable<ProblemResponse> SharedStorage => [.. Storage, ProblemResponses.Contention()];

    /// <summary>Endpoints that need the models.</summary>
    public static IEnumerable<ProblemResponse> Models => [ProblemResponses.ModelsUnavailable()];

    /// <summary>Endpoints that take a JSON body.</summary>
    public static IEnumerable<ProblemResponse> JsonBody =>
    [
        ProblemResponses.BadRequest("The request could not be read to its end."),
        ProblemResponses.MalformedJson("The first fault is on line 3, byte 17 of that line (nesting deeper than 16 levels is one)."),
        ProblemResponses.BodyTooLarge(Hosting.RequestLimits.MaxBodyBytes),
        ProblemResponses.UnsupportedMediaType("application/json in UTF-8"),
        ProblemResponses.InvalidContent(new Dictionary<string, IReadOnlyList<string>>
        {
            ["/patient/weightKg"] = ["Must be from 0.3 to 500."],
            ["/genotype/diplotyps"] = ["Unknown member. Known here: activityScores, diplotypes, phenotypes, variants, vcf."],
        }),
    ];
}
