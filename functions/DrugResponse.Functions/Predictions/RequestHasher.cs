using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Access;
using DrugResponse.Storage;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Predictions;

/// <summary>
/// Tells whether two requests are the same without keeping either: HMAC-SHA-256 over the request's canonical JSON, with a key
/// derived for the tenant. A plain hash could be undone by guessing the few unknown members of a body. Thread-safe.
/// </summary>
internal sealed class RequestHasher(IOptions<PseudonymOptions> options)
{
    private const string DerivationContext = "DrugResponse request hash\0";

    private readonly Dictionary<int, byte[]> _masterKeys = options.Value.DecodeKeys();
    private readonly int _currentVersion = options.Value.EffectiveVersion;
    private readonly ConcurrentDictionary<(int Version, TenantName Tenant), byte[]> _tenantKeys = new();

    /// <summary>The hash, with the version of its key in front: <c>1.0f3a…</c>.</summary>
    public string Hash(TenantName tenant, PredictionRequest request) => Hash(_currentVersion, tenant, request);

    /// <summary>Whether a stored hash, possibly of an older key version, is this request's.</summary>
    public bool IsHashOf(string stored, TenantName tenant, PredictionRequest request) =>
        int.TryParse(stored.AsSpan(0, Math.Max(stored.IndexOf('.', StringComparison.Ordinal), 0)), CultureInfo.InvariantCulture, out var version)
        && _masterKeys.ContainsKey(version)
        && stored == Hash(version, tenant, request);

    private string Hash(int version, TenantName tenant, PredictionRequest request)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(request, ContractsJsonContext.Wire.PredictionRequest);
        var key = _tenantKeys.GetOrAdd((version, tenant), DeriveKey);
        return string.Create(CultureInfo.InvariantCulture, $"{version}.{Convert.ToHexStringLower(HMACSHA256.HashData(key, json))}");
    }

    private byte[] DeriveKey((int Version, TenantName Tenant) name) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        _masterKeys[name.Version],
        HMACSHA256.HashSizeInBytes,
        info: Encoding.UTF8.GetBytes($"{DerivationContext}{name.Tenant}"));
}
