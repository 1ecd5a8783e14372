using System.Text.Json;
using DrugResponse.Contracts.Access;

namespace DrugResponse.Contracts.Reading;

/// <summary>Reads what is asked of API keys from JSON, with all faults at once. Thread-safe.</summary>
public static class ApiKeyRequestReader
{
    internal const int MaxNameLength = 100;

    /// <summary>The longest time that a key may be valid.</summary>
    public static TimeSpan MaxLifetime { get; } = TimeSpan.FromDays(2 * 365);

    /// <summary>The longest time that a replaced key may go on working.</summary>
    public static TimeSpan MaxOverlap { get; } = TimeSpan.FromDays(30);

    /// <summary>Reads a request for a new key; null when a fault was added.</summary>
    /// <param name="root">The JSON value.</param>
    /// <param name="now">The present, which the key must outlast.</param>
    /// <param name="faults">Receives every fault.</param>
    public static ApiKeyRequest? Read(JsonElement root, DateTimeOffset now, FaultList faults)
    {
        if (JsonObjectReader.Open(root, "", faults) is not { } json)
            return null;
        var name = json.Text("name", MaxNameLength);
        var roles = json.Array("roles", CallerRoles.Count, (value, pointer) => ReadRole(value, pointer, faults));
        var expiresAt = json.Instant("expiresAt");
        json.RefuseUnknown();
        if (!json.Has("name"))
            faults.Add("/name", "Is required.");
        if (!json.Has("roles") || roles is { Count: 0 })
            faults.Add("/roles", $"Must name at least one of: {string.Join(", ", CallerRoles.All)}.");
        if (expiresAt <= now || expiresAt - now > MaxLifetime)
            faults.Add("/expiresAt", $"Must lie in the future, at most {MaxLifetime.Days} days ahead.");
        return name is null || roles is null
            ? null
            : new ApiKeyRequest { Name = name, Roles = [.. roles.Distinct(StringComparer.Ordinal)], ExpiresAt = expiresAt };
    }

    /// <summary>Reads a request to rotate a key; null when a fault was added.</summary>
    /// <param name="root">The JSON value.</param>
    /// <param name="faults">Receives every fault.</param>
    public static ApiKeyRotation? ReadRotation(JsonElement root, FaultList faults)
    {
        if (JsonObjectReader.Open(root, "", faults) is not { } json)
            return null;
        var overlap = json.Number("overlapSeconds", 0, MaxOverlap.TotalSeconds);
        json.RefuseUnknown();
        return new ApiKeyRotation { OverlapSeconds = overlap };
    }

    private static string? ReadRole(JsonElement value, string pointer, FaultList faults)
    {
        if (value.ValueKind == JsonValueKind.String && JsonScalars.Decode(value) is { } role && CallerRoles.All.Contains(role))
            return role;
        faults.Add(pointer, $"Must be one of: {string.Join(", ", CallerRoles.All)}.");
        return null;
    }
}
