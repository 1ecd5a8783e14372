using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace DrugResponse.Storage.Protection;

/// <summary>
/// Secret master keys by version, one of them current, and the keys that are derived from them. Thread-safe.
/// </summary>
/// <remarks>
/// A derived key is HKDF-SHA-256 of a master key for one purpose and one tenant: what one protects tells nothing about another, and a
/// tenant's key opens nothing of another tenant. To rotate, give the new key to every instance as a further version, then make it current
/// everywhere; keep the old one for as long as anything stored depends on it.
/// </remarks>
public sealed class MasterKeyRing
{
    /// <summary>Length of a master key in bytes, and of a derived one.</summary>
    public const int KeyLength = 32;

    private readonly Dictionary<int, byte[]> _masterKeys = [];

    // As many as there are tenants, purposes and versions.
    private readonly ConcurrentDictionary<(int Version, TenantName Tenant, string Purpose), byte[]> _derived = new();

    /// <summary>Makes a key ring.</summary>
    /// <param name="masterKeys">The keys by version (1 and up), 32 random bytes each.</param>
    /// <param name="currentVersion">The version in use for what is new.</param>
    /// <exception cref="ArgumentException">A version is not positive, a key has another length, or the current one is absent.</exception>
    public MasterKeyRing(IReadOnlyDictionary<int, byte[]> masterKeys, int currentVersion)
    {
        ArgumentNullException.ThrowIfNull(masterKeys);
        foreach (var (version, key) in masterKeys)
        {
            if (version < 1)
                throw new ArgumentException($"Master keys are numbered from 1; there is a version {version}.", nameof(masterKeys));
            if (key is not { Length: KeyLength })
                throw new ArgumentException($"A master key has {KeyLength} bytes; version {version} has {key?.Length ?? 0}.", nameof(masterKeys));
            _masterKeys.Add(version, [.. key]);
        }

        if (!_masterKeys.ContainsKey(currentVersion))
            throw new ArgumentException($"There is no master key of the current version {currentVersion}.", nameof(currentVersion));

        CurrentVersion = currentVersion;
        OtherVersions = [.. _masterKeys.Keys.Where(version => version != currentVersion).OrderDescending()];
    }

    /// <summary>The version in use for what is new.</summary>
    public int CurrentVersion { get; }

    /// <summary>The other versions, newest first.</summary>
    public IReadOnlyList<int> OtherVersions { get; }

    /// <summary>Whether there is a key of a version.</summary>
    /// <param name="version">The version.</param>
    public bool Has(int version) => _masterKeys.ContainsKey(version);

    /// <summary>Derives a key.</summary>
    /// <param name="version">A version that there is; see <see cref="Has"/>.</param>
    /// <param name="tenant">Whose key.</param>
    /// <param name="purpose">What it is for. What a purpose is called never changes: everything that it protects would be lost.</param>
    /// <returns>The key, of <see cref="KeyLength"/> bytes. It must not be changed: it is kept and given again.</returns>
    public byte[] Derive(int version, TenantName tenant, string purpose) => _derived.GetOrAdd(
        (version, tenant, purpose),
        static (name, masterKeys) => HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            masterKeys[name.Version],
            KeyLength,
            salt: null,
            info: Encoding.UTF8.GetBytes($"DrugResponse {name.Purpose}\0{name.Tenant}")),
        _masterKeys);
}
