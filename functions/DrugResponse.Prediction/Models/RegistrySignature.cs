using System.Security.Cryptography;

namespace DrugResponse.Prediction.Models;

/// <summary>
/// The signature of a registry: ECDSA on P-256 with SHA-256 over the bytes of <c>registry.json</c>, in DER, in a file of its own that is
/// named by the registry's hash. A registry states the hash of every file, so what is signed is the whole set.
/// </summary>
/// <remarks>
/// The name makes a registry and its signature change together, although they are two files: the signature is written first, and a reader
/// looks for that of the registry that it has read. The form is that of <c>openssl dgst -sha256 -sign</c>.
/// </remarks>
public static class RegistrySignature
{
    /// <summary>Most bytes of a signature file.</summary>
    public const int MaxBytes = 256;

    /// <summary>The folder of signature files.</summary>
    public const string Folder = "signatures";

    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Where the signature of a registry is: <c>signatures/{SHA-256 in hexadecimal}.sig</c>.</summary>
    /// <param name="registryJson">The registry's bytes.</param>
    public static string PathOf(ReadOnlySpan<byte> registryJson) => $"{Folder}/{Convert.ToHexStringLower(SHA256.HashData(registryJson))}.sig";

    /// <summary>Signs a registry.</summary>
    /// <param name="key">A private key on P-256.</param>
    /// <param name="registryJson">The registry's bytes.</param>
    public static byte[] Sign(ECDsa key, ReadOnlySpan<byte> registryJson)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.SignData(registryJson, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Whether a signature is one of a registry.</summary>
    /// <param name="key">The public key.</param>
    /// <param name="registryJson">The registry's bytes.</param>
    /// <param name="signature">The signature; anything at all.</param>
    public static bool IsValid(ECDsa key, ReadOnlySpan<byte> registryJson, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.VerifyData(registryJson, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Reads a public key.</summary>
    /// <param name="text">PEM, or the base64 of a SubjectPublicKeyInfo, which is PEM without its first and last line.</param>
    /// <returns>The key, or <see langword="null"/> if the text is none or the key is not on P-256.</returns>
    public static ECDsa? ReadPublicKey(string text) => Read(key =>
    {
        if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            key.ImportFromPem(text);
        else
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text), out _);
    });

    /// <summary>Reads a private key.</summary>
    /// <param name="pem">PEM, not encrypted.</param>
    /// <returns>The key, or <see langword="null"/> if the text is none or the key is not on P-256.</returns>
    public static ECDsa? ReadPrivateKey(string pem) => Read(key =>
    {
        key.ImportFromPem(pem);
        key.ExportParameters(includePrivateParameters: true);
    });

    private static ECDsa? Read(Action<ECDsa> import)
    {
        var key = ECDsa.Create();
        try
        {
            import(key);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256)
                return key;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or FormatException)
        {
            // It is no key of ours, whatever else it may be.
        }

        key.Dispose();
        return null;
    }
}
