using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DrugResponse.Storage.Protection;

/// <summary>
/// Encrypts what is about a patient before it goes into storage, and decrypts it again: AES-256-GCM under keys of the tenant. Thread-safe.
/// </summary>
/// <remarks>
/// <para>An envelope is, numbers little-endian:</para>
/// <list type="table">
/// <item><term>byte 0</term><description>form of the envelope: 1</description></item>
/// <item><term>bytes 1 to 4</term><description>version of the master key</description></item>
/// <item><term>bytes 5 to 20</term><description>salt, random</description></item>
/// <item><term>bytes 21 to 32</term><description>nonce, random</description></item>
/// <item><term>then</term><description>ciphertext, as long as the content, and 16 bytes of tag</description></item>
/// </list>
/// <para>
/// The key of an envelope is HMAC-SHA-256 of its salt under the tenant's key, so that the number of envelopes is not limited by how often
/// one key may be used with random nonces. Bytes 0 to 20 and the place are authenticated: an envelope that was changed, or put in another
/// place, does not open.
/// </para>
/// </remarks>
/// <param name="keys">The master keys.</param>
public sealed class EnvelopeCipher(MasterKeyRing keys)
{
    /// <summary>How many bytes longer an envelope is than its content.</summary>
    public const int Overhead = HeaderLength + NonceLength + TagLength;

    private const string Purpose = "envelope";
    private const byte Form = 1;
    private const int VersionOffset = 1;
    private const int SaltOffset = 5;
    private const int SaltLength = 16;
    private const int HeaderLength = SaltOffset + SaltLength;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Encrypts a content.</summary>
    /// <param name="place">Where the envelope is to lie.</param>
    /// <param name="content">The content.</param>
    /// <returns>The envelope.</returns>
    public byte[] Seal(EnvelopePlace place, ReadOnlySpan<byte> content)
    {
        var envelope = new byte[content.Length + Overhead];
        envelope[0] = Form;
        BinaryPrimitives.WriteInt32LittleEndian(envelope.AsSpan(VersionOffset), keys.CurrentVersion);
        RandomNumberGenerator.Fill(envelope.AsSpan(SaltOffset, SaltLength + NonceLength));
        using var aes = OpenCipher(keys.CurrentVersion, place.Tenant, envelope);
        aes.Encrypt(
            envelope.AsSpan(HeaderLength, NonceLength),
            content,
            envelope.AsSpan(HeaderLength + NonceLength, content.Length),
            envelope.AsSpan(^TagLength..),
            Authenticated(envelope, place));
        return envelope;
    }

    /// <summary>Decrypts an envelope.</summary>
    /// <param name="place">Where it lay.</param>
    /// <param name="envelope">The envelope.</param>
    /// <returns>The content.</returns>
    /// <exception cref="InvalidDataException">It is no envelope, was changed, lay in another place, or its master key is not configured, which
    /// <see cref="MasterKeyMissingException.IsCauseOf"/> tells from the others.</exception>
    public byte[] Open(EnvelopePlace place, ReadOnlySpan<byte> envelope)
    {
        if (envelope.Length < Overhead || envelope[0] != Form)
            throw new InvalidDataException("What is stored is not an encrypted envelope.");

        var version = BinaryPrimitives.ReadInt32LittleEndian(envelope[VersionOffset..]);
        if (!keys.Has(version))
            throw new InvalidDataException(
                $"What is stored was encrypted under version {version} of the master key, which is not configured.", new MasterKeyMissingException(version));

        var content = new byte[envelope.Length - Overhead];
        try
        {
            using var aes = OpenCipher(version, place.Tenant, envelope);
            aes.Decrypt(
                envelope.Slice(HeaderLength, NonceLength),
                envelope.Slice(HeaderLength + NonceLength, content.Length),
                envelope[^TagLength..],
                content,
                Authenticated(envelope, place));
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new InvalidDataException("What is stored was changed since it was encrypted, or lay in another place.");
        }
    }

    private AesGcm OpenCipher(int version, TenantName tenant, ReadOnlySpan<byte> envelope)
    {
        Span<byte> key = stackalloc byte[MasterKeyRing.KeyLength];
        HMACSHA256.HashData(keys.Derive(version, tenant, Purpose), envelope.Slice(SaltOffset, SaltLength), key);
        var aes = new AesGcm(key, TagLength);
        CryptographicOperations.ZeroMemory(key);
        return aes;
    }

    // The tenant is in the key. The zero byte keeps header and location from running into each other.
    private static byte[] Authenticated(ReadOnlySpan<byte> envelope, EnvelopePlace place) =>
        [.. envelope[..HeaderLength], 0, .. Encoding.UTF8.GetBytes(place.Location)];
}

/// <summary>Where an envelope lies. The same has to be said to open it.</summary>
/// <param name="Tenant">Whose content it is.</param>
/// <param name="Location">
/// What no other envelope of the tenant has, such as <c>requests/{request id}</c>: container or table, and the name or key in it.
/// </param>
public readonly record struct EnvelopePlace(TenantName Tenant, string Location);
