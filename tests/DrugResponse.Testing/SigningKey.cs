using System.Security.Cryptography;

namespace DrugResponse.Testing;

/// <summary>The key by which the tests of this process sign models. Thread-safe.</summary>
public static class SigningKey
{
    private static readonly string Private = NewPem();

    /// <summary>The private key as PEM.</summary>
    public static string Pem => Private;

    /// <summary>The public key as a setting takes it.</summary>
    public static string Public { get; } = PublicOf(Private);

    /// <summary>Another private key.</summary>
    public static string NewPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>Signs a registry.</summary>
    public static byte[] Sign(byte[] registryJson)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(Private);
        return key.SignData(registryJson, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static string PublicOf(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }
}
