namespace DrugResponse.Storage.Access;

/// <summary>An API key as it is kept: all but its secret.</summary>
public sealed record ApiKey
{
    /// <summary>Whose key.</summary>
    public required TenantName Tenant { get; init; }

    /// <summary>Its id.</summary>
    public required ApiKeyId Id { get; init; }

    /// <summary>What is kept of its secret.</summary>
    public required ApiKeyHash Hash { get; init; }

    /// <summary>What it is for, in the words of whoever made it.</summary>
    public required string Name { get; init; }

    /// <summary>The roles that it gives.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stops working, in UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The key that took its place; null when it was not rotated.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>Whether it works at an instant.</summary>
    /// <param name="now">The instant.</param>
    public bool IsValidAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;
}
