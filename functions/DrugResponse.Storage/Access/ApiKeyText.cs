using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DrugResponse.Storage.Access;

/// <summary>
/// An API key as its holder has it: <c>dr1.{tenant}.{key id}.{secret}</c>, the secret being 256 random bits in base64url. Tenant and id say
/// where its hash is kept; they are believed only once the secret has been held against that hash.
/// </summary>
public sealed class ApiKeyText
{
    /// <summary>No key is longer.</summary>
    public const int MaxLength = 160;

    private const string Prefix = "dr1";
    private const int SecretLength = 32;
    private const int SecretTextLength = 43;
    private const int SaltLength = 16;

    private readonly byte[] _secret;

    private ApiKeyText(TenantName tenant, ApiKeyId id, byte[] secret)
    {
        Tenant = tenant;
        Id = id;
        _secret = secret;
    }

    /// <summary>Whose key it says to be.</summary>
    public TenantName Tenant { get; }

    /// <summary>Which key it says to be.</summary>
    public ApiKeyId Id { get; }

    /// <summary>Makes a key from the system's random numbers.</summary>
    /// <param name="tenant">Whose key.</param>
    public static ApiKeyText New(TenantName tenant) => new(tenant, ApiKeyId.New(), RandomNumberGenerator.GetBytes(SecretLength));

    /// <summary>Reads a key, strictly: a key has exactly one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether it has the form of one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ApiKeyText? key)
    {
        key = null;
        var secret = new byte[SecretLength];
        if (text is not { Length: <= MaxLength }
            || text.Split('.') is not [Prefix, var tenantText, var idText, var secretText]
            || !TenantName.TryParse(tenantText, out var tenant)
            || !ApiKeyId.TryParse(idText, out var id)
            || !Base64UrlText.TryDecode(secretText, SecretTextLength, secret))
            return false;

        key = new ApiKeyText(tenant, id, secret);
        return true;
    }

    /// <summary>The whole key, secret included.</summary>
    public string Reveal() => $"{Prefix}.{Tenant}.{Id}.{Base64Url.EncodeToString(_secret)}";

    /// <summary>What may be kept of the secret: a salt of its own and the HMAC-SHA-256 of the secret under it.</summary>
    /// <remarks>
    /// A secret of 256 random bits cannot be found by trying, so a slow password hash would only make each request slow. The salt keeps
    /// equal hashes from telling of equal keys.
    /// </remarks>
    public ApiKeyHash Hash()
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new ApiKeyHash(salt, HMACSHA256.HashData(salt, _secret));
    }

    /// <summary>Whether a hash is that of this key's secret. Takes as long either way.</summary>
    /// <param name="hash">The stored hash.</param>
    public bool Fits(ApiKeyHash hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        Span<byte> own = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(hash.Salt.Span, _secret, own);
        return CryptographicOperations.FixedTimeEquals(own, hash.Value.Span);
    }

    /// <summary>Names the key without its secret.</summary>
    public override string ToString() => $"{Tenant}/{Id}";
}

/// <summary>What is kept of a secret.</summary>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Value">HMAC-SHA-256 of the secret under the salt.</param>
public sealed record ApiKeyHash(ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Value);
