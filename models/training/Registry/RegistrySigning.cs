using System.CommandLine;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Registry;

/// <summary>Signs registries before they are written, since a service outside Development takes no others.</summary>
internal static class RegistrySigning
{
    private const string KeyVariable = "DRUGRESPONSE_SIGNING_KEY";

    /// <summary><c>--signing-key</c>: the file of the private key.</summary>
    public static Option<FileInfo?> Key() => new("--signing-key")
    {
        Description = $"PEM file of the private key (ECDSA P-256) that signs the registry. Default: the file that {KeyVariable} names, else unsigned.",
        DefaultValueFactory = static _ => Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } path ? new FileInfo(path) : null,
    };

    /// <summary>Writes the signature of a registry that is about to be written.</summary>
    /// <param name="store">Where it is about to be.</param>
    /// <param name="registry">Its bytes.</param>
    /// <param name="key">The file of the key; null to leave it unsigned.</param>
    /// <param name="known">The registry whose place it takes; null if there is none.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="RegistryCommandException">There is no such key, or an unsigned registry would take the place of a signed
    /// one.</exception>
    public static async Task SignAsync(
        ModelStore store, ReadOnlyMemory<byte> registry, FileInfo? key, StoredRegistry? known, CancellationToken cancellationToken)
    {
        if (key is null)
        {
            if (known is not null && await store.ReadFileAsync(RegistrySignature.PathOf(known.Json.Span), cancellationToken) is not null)
                throw new RegistryCommandException(
                    $"The registry of {store.Name} is signed, and services would refuse one that is not. Nothing was changed; give --signing-key.");
            return;
        }

        if (!key.Exists)
            throw new RegistryCommandException($"There is no file {key.FullName}.");
        using var signer = RegistrySignature.ReadPrivateKey(await File.ReadAllTextAsync(key.FullName, cancellationToken))
            ?? throw new RegistryCommandException($"{key.FullName} is no PEM file of a private key on P-256.");
        await store.WriteFileAsync(RegistrySignature.PathOf(registry.Span), RegistrySignature.Sign(signer, registry.Span), cancellationToken);
    }
}
