using System.Security.Cryptography;

namespace DrugResponse.Benchmarks.ColdStart;

/// <summary>Settings as in Azure, with keys of this run's own.</summary>
/// <param name="connectionString">The storage account.</param>
internal sealed class ProductionSettings(string connectionString) : IDisposable
{
    private readonly ECDsa _signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The settings as environment variables.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment =>
    [
        ("AzureWebJobsStorage", connectionString),
        ("DrugResponse__Pseudonyms__Keys__1", Convert.ToBase64String(new byte[32])),
        ("DrugResponse__Protection__Keys__1", Convert.ToBase64String(new byte[32])),
        ("DrugResponse__Models__PublicKeys__0", Convert.ToBase64String(_signer.ExportSubjectPublicKeyInfo())),
    ];

    /// <summary>Signs a registry, as whoever publishes models does.</summary>
    /// <param name="registry">Its bytes.</param>
    public byte[] Sign(byte[] registry) => _signer.SignData(registry, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <inheritdoc />
    public void Dispose() => _signer.Dispose();
}
