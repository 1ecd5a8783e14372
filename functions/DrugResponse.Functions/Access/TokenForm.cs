using System.Buffers.Text;
using System.Text.Json;

namespace DrugResponse.Functions.Access;

/// <summary>Tells what may be a token of an issuer from what cannot, before anybody is asked about it.</summary>
internal static class TokenForm
{
    private const string Scheme = "Bearer ";
    private const int MaxLength = 16 * 1024;

    /// <summary>Takes the bearer token out of the header <c>Authorization</c>.</summary>
    /// <param name="authorization">The header.</param>
    /// <returns>The token, or null when the header has none.</returns>
    public static string? Find(string? authorization) =>
        authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) is true ? authorization[Scheme.Length..].Trim() : null;

    /// <summary>
    /// Whether a text has the form of a signed JSON web token whose header asks for nothing that is not understood here. A header with
    /// <c>crit</c> does (RFC 7515, 4.1.11): no extension is known.
    /// </summary>
    /// <param name="token">The text.</param>
    /// <param name="algorithms">The algorithms of signatures that are taken.</param>
    public static bool IsTaken(string token, IReadOnlyCollection<string> algorithms) =>
        token.Length <= MaxLength
        && token.Split('.') is [{ Length: > 0 } header, { Length: > 0 } payload, { Length: > 0 } signature]
        && Base64Url.IsValid(signature)
        && HasObject(payload, static _ => true)
        && HasObject(
            header,
            root => !root.TryGetProperty("crit", out _)
                && root.TryGetProperty("alg", out var algorithm)
                && algorithm.ValueKind == JsonValueKind.String
                && algorithms.Contains(algorithm.GetString()));

    private static bool HasObject(string part, Predicate<JsonElement> fits)
    {
        if (!Base64Url.IsValid(part))
            return false;
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
            return json.RootElement.ValueKind == JsonValueKind.Object && fits(json.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair in a text.
            return false;
        }
    }
}
