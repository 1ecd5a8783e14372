using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using DrugResponse.Storage;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>Secret keys of tenants, each derived from a master key for one purpose, so that what one protects tells nothing of another. Thread-safe.</summary>
internal sealed class TenantKeys(IOptions<PseudonymOptions> options)
{
    private readonly Dictionary<int, byte[]> _masterKeys = options.Value.DecodeKeys();
    private readonly ConcurrentDictionary<(int Version, TenantName Tenant, string Purpose), byte[]> _keys = new();

    /// <summary>The version in use.</summary>
    public int CurrentVersion { get; } = options.Value.EffectiveVersion;

    /// <summary>All versions that there are.</summary>
    public IEnumerable<int> Versions => _masterKeys.Keys;

    /// <summary>A key of 32 bytes.</summary>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    /// <param name="tenant">Whose key.</param>
    /// <param name="purpose">What it is for, such as <c>request hash</c>; what a purpose is called never changes.</param>
    public byte[] Derive(int version, TenantName tenant, string purpose) => _keys.GetOrAdd((version, tenant, purpose), name => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        _masterKeys[name.Version],
        HMACSHA256.HashSizeInBytes,
        info: Encoding.UTF8.GetBytes($"DrugResponse {name.Purpose}\0{name.Tenant}")));
}
