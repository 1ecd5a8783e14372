using System.Diagnostics.CodeAnalysis;
using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.Http;

/// <summary>The <c>Idempotency-Key</c> of a request: chosen by the caller, so that a request sent again is known for the same.</summary>
internal static class IdempotencyKey
{
    /// <summary>The name of the header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Most characters.</summary>
    public const int MaxLength = 256;

    /// <summary>The characters that can stand in it, which are those of a header: no line break, no other control character.</summary>
    public const string Pattern = @"^[^\x00-\x1F\x7F]+$";


    /// <summary>Reads the header.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The key, or null if there is none.</param>
    /// <param name="problem">Why the header cannot be used.</param>
    /// <returns>Whether there is no header, or a usable one.</returns>
    public static bool TryRead(HttpRequest request, out string? key, [NotNullWhen(false)] out ProblemResponse? problem)
    {
        var values = request.Headers[Header];
        key = values is [{ Length: > 0 and <= MaxLength } only] ? only : null;
        problem = values.Count == 0 || key is not null
            ? null
            : ProblemResponses.BadRequest($"{Header} must stand once, with 1 to {MaxLength} characters.");
        return problem is null;
    }
}
