using System.Security.Cryptography;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage.Models;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Models;

/// <summary>
/// Takes registries that are signed by somebody it trusts, and no others: whoever can write to the model container decides what doctors are
/// told, and should not be everybody with a storage key. In Development without a public key it takes all. Thread-safe.
/// </summary>
internal sealed class RegistryTrust(ModelBlobStore blobs, IOptions<ModelOptions> options) : IDisposable
{
    // Not before they are needed: with faulty settings all of them are to be named and not these first. Those that are no keys were refused
    // then.
    private readonly Lazy<ECDsa[]> _keys = new(() => [.. options.Value.PublicKeys.Select(RegistrySignature.ReadPublicKey).OfType<ECDsa>()]);

    /// <summary>Requires a registry to be signed.</summary>
    /// <param name="registry">Its bytes.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ModelSetException">It is not signed, or by nobody who is trusted.</exception>
    public async Task RequireSignedAsync(ReadOnlyMemory<byte> registry, CancellationToken cancellationToken)
    {
        if (_keys.Value.Length == 0)
            return;

        var path = RegistrySignature.PathOf(registry.Span);
        byte[] signature;
        try
        {
            signature = (await blobs.DownloadAsync(path, RegistrySignature.MaxBytes, cancellationToken)).Content;
        }
        catch (FileNotFoundException)
        {
            throw new ModelSetException([$"The registry is not signed, or was changed since: there is no {path}."]);
        }

        if (!Array.Exists(_keys.Value, key => RegistrySignature.IsValid(key, registry.Span, signature)))
            throw new ModelSetException([$"The signature {path} is not one of the registry by a key in {ModelOptions.Section}:PublicKeys."]);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_keys.IsValueCreated)
            Array.ForEach(_keys.Value, static key => key.Dispose());
    }
}
