using System.CommandLine;
using System.Security.Cryptography;
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

    /// <summary><c>--trusted-key</c>: the public key by which the registry was signed so far.</summary>
    public static Option<string?> TrustedKey() => new("--trusted-key")
    {
        Description = "Public key by which the registry was signed so far, while the key is being replaced: a PEM file, or its base64.",
    };

    /// <summary>
    /// Refuses to change a registry that nobody vouches for: signing it anew would vouch for whatever somebody else has written there.
    /// </summary>
    /// <param name="store">Where the registry is.</param>
    /// <param name="stored">The registry.</param>
    /// <param name="keys">The keys that were given.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RegistryCommandException">It has no signature that counts, or one where no key was given.</exception>
    public static async Task RequireTrustedAsync(
        ModelStore store, StoredRegistry stored, SigningKeys keys, CancellationToken cancellationToken)
    {
        if (keys.Signing is null)
        {
            await RequireUnsignedAsync(store, cancellationToken);
            return;
        }

        // A folder without any signature is where models come from, and publishing vouches for it as a whole.
        if (store.IsSource && !await store.HasSignaturesAsync(cancellationToken))
            return;

        using var signer = await ReadAsync(keys.Signing, cancellationToken);
        using var trusted = await ReadTrustedAsync(keys.Trusted, cancellationToken);
        var signature = await store.ReadFileAsync(RegistrySignature.PathOf(stored.Json.Span), cancellationToken);
        if (signature is not { } bytes || !(IsValid(signer) || (trusted is not null && IsValid(trusted))))
            throw new RegistryCommandException(
                $"The registry of {store.Name} is not signed by this key, so somebody else may have changed it. Nothing was changed; "
                + "publish from a folder that you trust, or give --trusted-key if the key is being replaced.");

        bool IsValid(ECDsa key) => RegistrySignature.IsValid(key, stored.Json.Span, bytes.Span);
    }

    /// <summary>Writes the signature of a registry that is about to be written.</summary>
    /// <param name="store">Where it is about to be.</param>
    /// <param name="registry">Its bytes.</param>
    /// <param name="key">The file of the key; null to leave it unsigned.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="RegistryCommandException">There is no such key, or an unsigned registry would take the place of a signed
    /// one.</exception>
    public static async Task SignAsync(
        ModelStore store, ReadOnlyMemory<byte> registry, FileInfo? key, CancellationToken cancellationToken)
    {
        if (key is null)
        {
            await RequireUnsignedAsync(store, cancellationToken);
            return;
        }

        using var signer = await ReadAsync(key, cancellationToken);
        await store.WriteFileAsync(RegistrySignature.PathOf(registry.Span), RegistrySignature.Sign(signer, registry.Span), cancellationToken);
    }

    // Whatever its signature is of: somebody may have changed the registry since.
    private static async Task RequireUnsignedAsync(ModelStore store, CancellationToken cancellationToken)
    {
        if (await store.HasSignaturesAsync(cancellationToken))
            throw new RegistryCommandException(
                $"The registry of {store.Name} is signed, and services would refuse one that is not. Nothing was changed; give --signing-key.");
    }

    private static async Task<ECDsa> ReadAsync(FileInfo key, CancellationToken cancellationToken)
    {
        if (!key.Exists)
            throw new RegistryCommandException($"There is no file {key.FullName}.");
        return RegistrySignature.ReadPrivateKey(await File.ReadAllTextAsync(key.FullName, cancellationToken))
            ?? throw new RegistryCommandException($"{key.FullName} is no PEM file of a private key on P-256.");
    }

    private static async Task<ECDsa?> ReadTrustedAsync(string? key, CancellationToken cancellationToken)
    {
        if (key is null)
            return null;
        return RegistrySignature.ReadPublicKey(File.Exists(key) ? await File.ReadAllTextAsync(key, cancellationToken) : key)
            ?? throw new RegistryCommandException("--trusted-key is no public key on P-256.");
    }
}

/// <summary>The keys that a command was given.</summary>
/// <param name="Signing">The file of the private key that signs; null to leave the registry unsigned.</param>
/// <param name="Trusted">A public key whose signature counts beside that of <paramref name="Signing"/>: a PEM file or base64; or null.</param>
internal sealed record SigningKeys(FileInfo? Signing, string? Trusted);
