using System.Security.Cryptography;
using System.Text;
using DrugResponse.Storage.Protection;

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
    private const string Purpose = "patient pseudonym";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly MasterKeyRing _keys;

    /// <summary>Makes a key ring.</summary>
    /// <param name="masterKeys">The keys by version (1 and up), 32 random bytes each.</param>
    /// <param name="currentVersion">The version under which patients are entered.</param>
    /// <exception cref="ArgumentException">A version is not positive, a key has another length, or the current one is absent.</exception>
    public PseudonymKeyRing(IReadOnlyDictionary<int, byte[]> masterKeys, int currentVersion) =>
        _keys = new MasterKeyRing(masterKeys, currentVersion);

    /// <summary>The version under which patients are entered.</summary>
    public int CurrentVersion => _keys.CurrentVersion;

    /// <summary>The other versions, newest first.</summary>
    internal IReadOnlyList<int> OtherVersions => _keys.OtherVersions;

    /// <summary>Makes the pseudonym of a raw id: 43 characters of base64url.</summary>
    /// <exception cref="ArgumentException">The id is empty or no text. The message does not repeat it.</exception>
    internal string CreatePseudonym(int version, TenantName tenant, string rawId)
    {
        if (string.IsNullOrEmpty(rawId))
            throw new ArgumentException("A patient's id is not empty.", nameof(rawId));

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_keys.Derive(version, tenant, Purpose), Encode(rawId), hash);
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
}
