using DrugResponse.Functions.Transport;
using Microsoft.OpenApi;

namespace DrugResponse.Functions.OpenApi;

/// <summary>A header of an answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it says.</param>
/// <param name="Example">A value.</param>
internal sealed record AnswerHeader(string Name, string Description, string Example)
{
    /// <summary>The header as the description has it.</summary>
    public OpenApiHeader ToOpenApi() => new()
    {
        Description = Description, Example = Example, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}

/// <summary>The headers of answers, each declared once.</summary>
internal static class AnswerHeaders
{
    /// <summary>Where what was made is.</summary>
    /// <param name="example">A path.</param>
    public static AnswerHeader LocationOf(string example) => new("Location", "Path of the resource.", example);

    /// <summary>When to ask again.</summary>
    public static AnswerHeader RetryAfter { get; } = new("Retry-After", "After how many seconds to send the request again, or to look.", "1");

    /// <summary>The next page.</summary>
    public static AnswerHeader Link { get; } = new(
        "Link",
        "With `rel=\"next\"`, where to go on; absent when everything was given.",
        "</api/v1/batches/22eadd71c24f14b4090bf88734b84325/results?after=2000&format=ndjson>; rel=\"next\"");

    /// <summary>That the request is not scored at once.</summary>
    public static AnswerHeader PreferenceApplied { get; } = new("Preference-Applied", "`respond-async`, as was asked for.", "respond-async");

    /// <summary>How a caller can show who it is.</summary>
    public static AnswerHeader Challenge { get; } = new("WWW-Authenticate", "The ways to show who the caller is.", "ApiKey");

    /// <summary>On every answer.</summary>
    public static IReadOnlyList<AnswerHeader> Everywhere { get; } =
    [
        new(SecurityHeaders.RequestId, "The request's id, under which log and audit trail know it.", "0HNHTQ4V2J3K5:00000001"),
        new("RateLimit", "How much of the limit is left (`r`), and in how many seconds it is whole again (`t`).", "\"requests\";r=1999;t=1"),
        new("RateLimit-Policy", "The limit: at most `q` requests in `w` seconds.", "\"requests\";q=2000;w=2"),
    ];
}
