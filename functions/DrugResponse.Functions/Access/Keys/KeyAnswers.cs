using DrugResponse.Contracts.Access;
using DrugResponse.Storage.Access;

namespace DrugResponse.Functions.Access.Keys;

/// <summary>Writes keys as the wire has them.</summary>
internal static class KeyAnswers
{
    /// <summary>A key without its secret.</summary>
    public static ApiKeySummary Summarise(ApiKey key) => new()
    {
        KeyId = key.Id.ToString(),
        Name = key.Name,
        Roles = key.Roles,
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        RevokedAt = key.RevokedAt,
        ReplacedBy = key.ReplacedBy,
    };

    /// <summary>A new key with its secret.</summary>
    public static CreatedApiKey Reveal(ApiKey key, ApiKeyText text) => new()
    {
        KeyId = key.Id.ToString(),
        Key = text.Reveal(),
        Name = key.Name,
        Roles = key.Roles,
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
    };
}
