using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DrugResponse.Contracts.Documentation;
using DrugResponse.Contracts.Reading;

namespace DrugResponse.Contracts.Access;

/// <summary>Body of <c>POST v1/keys</c>.</summary>
public sealed record ApiKeyRequest
{
    /// <summary>What the key is for, 1 to 100 characters; for people only.</summary>
    [Text(ApiKeyRequestReader.MaxNameLength)]
    public required string Name { get; init; }

    /// <summary>The roles that it gives, at least one.</summary>
    [Entries(CallerRoles.Count, Least = 1)]
    [AllowedValues(CallerRoles.Pharmacy, CallerRoles.Sponsor, CallerRoles.DataScientist, CallerRoles.Admin)]
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>When it stops working: in the future, at most two years ahead. A year from now when absent.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Body of <c>POST v1/keys/{keyId}/rotate</c>.</summary>
public sealed record ApiKeyRotation
{
    /// <summary>How long the old key goes on working beside the new one, in seconds, 0 to 30 days. A day when absent.</summary>
    [Unit("s")]
    [Range(0.0, 2_592_000.0)]
    public double? OverlapSeconds { get; init; }
}

/// <summary>A key, without its secret.</summary>
public record ApiKeySummary
{
    /// <summary>Its id, which is no secret.</summary>
    public required string KeyId { get; init; }

    /// <summary>What it is for.</summary>
    [Text(ApiKeyRequestReader.MaxNameLength)]
    public required string Name { get; init; }

    /// <summary>The roles that it gives.</summary>
    [Words(typeof(CallerRoles))]
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>When it was made.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stops working.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was revoked; null when it was not.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The key that took its place; null when it was not rotated.</summary>
    public string? ReplacedBy { get; init; }
}

/// <summary>A new key.</summary>
public sealed record CreatedApiKey : ApiKeySummary
{
    /// <summary>The key itself, for the header <c>x-functions-key</c>. It is shown this once and stored nowhere.</summary>
    public required string Key { get; init; }
}

/// <summary>The answer of <c>GET v1/keys</c>.</summary>
/// <param name="Keys">All keys of the tenant, expired and revoked ones too, oldest first.</param>
public sealed record ApiKeyList(IReadOnlyList<ApiKeySummary> Keys);
