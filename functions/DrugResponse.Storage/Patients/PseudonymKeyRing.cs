using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace DrugResponse.Storage.Patients;

/// <summary>
/// The secret keys that turn a raw patient id into the pseudonym under which it is looked up. Each key has a version; one is current.
/// Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// The pseudonym is HMAC-SHA-256 over the id's UTF-8 bytes, with a key that HKDF-SHA-256 derives from the master key for the tenant. So
/// nobody can find an id by hashing guesses without the key, and tenants cannot be joined on their patients. The id is taken exactly as
/// given: case and spaces count.
/// </para>
/// <para>
/// To rotate: give the new key to every instance as a further version, then make it current everywhere. Keep the old one for as long as
/// there are patients that were not seen since; without it they are taken for new.
/// </para>
/// </remarks>
public sealed class PseudonymKeyRing
{
    /// <summary>Length of a master key in bytes.</summary>
    public const int MasterKeyLength = 32;

    private const string DerivationContext = "DrugResponse patient pseudonym\0";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<int, byte[]> _masterKeys = [];

    // As many as there are tenants times versions.
    private readonly ConcurrentDictionary<(int Version, TenantName Tenant), byte[]> _tenantKeys = new();

    /// <summary>Makes a key ring.</summary>
    /// <param name="masterKeys">The keys by version (1 and up), 32 random bytes each.</param>
    /// <param name="currentVersion">The version under which patients are entered.</param>
    /// <exception cref="ArgumentException">A version is not positive, a key has another length, or the current one is absent.</exception>
    public PseudonymKeyRing(IReadOnlyDictionary<int, byte[]> masterKeys, int currentVersion)
    {
        ArgumentNullException.ThrowIfNull(masterKeys);
        foreach (var (version, key) in masterKeys)
        {
            if (version < 1)
                throw new ArgumentException($"Pseudonym keys are numbered from 1; there is a version {version}.", nameof(masterKeys));
            if (key is not { Length: MasterKeyLength })
                throw new ArgumentException(
                    $"A pseudonym key has {MasterKeyLength} bytes; version {version} has {key?.Length ?? 0}.", nameof(masterKeys));
            _masterKeys.Add(version, [.. key]);
        }

        if (!_masterKeys.ContainsKey(currentVersion))
            throw new ArgumentException($"There is no pseudonym key of the current version {currentVersion}.", nameof(currentVersion));

        CurrentVersion = currentVersion;
        OtherVersions = [.. _masterKeys.Keys.Where(version => version != currentVersion).OrderDescending()];
    }

    /// <summary>The version under which patients are entered.</summary>
    public int CurrentVersion { get; }

    /// <summary>The other versions, newest first.</summary>
    internal IReadOnlyList<int> OtherVersions { get; }

    /// <summary>Makes the pseudonym of a raw id: 43 characters of base64url.</summary>
    /// <exception cref="ArgumentException">The id is empty or no text. The message does not repeat it.</exception>
    internal string CreatePseudonym(int version, TenantName tenant, string rawId)
    {
        if (string.IsNullOrEmpty(rawId))
            throw new ArgumentException("A patient's id is not empty.", nameof(rawId));

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(GetTenantKey(version, tenant), Encode(rawId), hash);
        return System.Buffers.Text.Base64Url.EncodeToString(hash);
    }

    private static byte[] Encode(string rawId)
    {
        try
        {
            return StrictUtf8.GetBytes(rawId);
        }
        catch (EncoderFallbackException)
        {
            // The original exception quotes from the id; and replacing the character would give two patients one pseudonym.
            throw new ArgumentException("A patient's id holds half a character (an unpaired surrogate).", nameof(rawId));
        }
    }

    private byte[] GetTenantKey(int version, TenantName tenant) => _tenantKeys.GetOrAdd(
        (version, tenant),
        static (name, masterKeys) => HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            masterKeys[name.Version],
            MasterKeyLength,
            salt: null,
            info: Encoding.UTF8.GetBytes(DerivationContext + name.Tenant)),
        _masterKeys);
}
