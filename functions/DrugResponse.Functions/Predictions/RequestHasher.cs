using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Access;
using DrugResponse.Storage;

namespace DrugResponse.Functions.Predictions;

/// <summary>
/// Tells whether two requests are the same without keeping either: HMAC-SHA-256 over the request's canonical JSON, with a key
/// derived for the tenant. A plain hash could be undone by guessing the few unknown members of a body. Thread-safe.
/// </summary>
internal sealed class RequestHasher(TenantKeys keys)
{
    private const string Purpose = "request hash";

    /// <summary>The hash, with the version of its key in front: <c>1.0f3a…</c>.</summary>
    public string Hash(TenantName tenant, PredictionRequest request) => Hash(keys.CurrentVersion, tenant, request);

    /// <summary>Whether a stored hash, possibly of an older key version, is this request's.</summary>
    public bool IsHashOf(string stored, TenantName tenant, PredictionRequest request) =>
        int.TryParse(stored.AsSpan(0, Math.Max(stored.IndexOf('.', StringComparison.Ordinal), 0)), CultureInfo.InvariantCulture, out var version)
        && keys.Versions.Contains(version)
        && stored == Hash(version, tenant, request);

    private string Hash(int version, TenantName tenant, PredictionRequest request)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(request, ContractsJsonContext.Wire.PredictionRequest);
        var hash = HMACSHA256.HashData(keys.Derive(version, tenant, Purpose), json);
        return string.Create(CultureInfo.InvariantCulture, $"{version}.{Convert.ToHexStringLower(hash)}");
    }
}
