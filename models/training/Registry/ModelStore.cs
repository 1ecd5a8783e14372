using Azure;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Registry;

/// <summary>Where a registry and its files are: a folder or a container.</summary>
internal abstract class ModelStore
{
    /// <summary>Most bytes of a file: as much as the service takes.</summary>
    protected const int MaxFileBytes = 64 * 1024 * 1024;

    /// <summary>What to call it in messages.</summary>
    public abstract string Name { get; }

    /// <summary>Whether models come from here and are published elsewhere.</summary>
    public abstract bool IsSource { get; }

    /// <summary>Reads the registry.</summary>
    /// <returns>The registry, or null when there is none.</returns>
    public abstract Task<StoredRegistry?> ReadRegistryAsync(CancellationToken cancellationToken);

    /// <summary>Writes the registry if the one that is there is still the one that was read.</summary>
    /// <param name="json">The new registry.</param>
    /// <param name="known">The one that was read; null if there was none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when somebody else has changed it since.</returns>
    public abstract Task<bool> TryReplaceRegistryAsync(
        ReadOnlyMemory<byte> json, StoredRegistry? known, CancellationToken cancellationToken);

    /// <summary>Writes a file, in place of an earlier one.</summary>
    public abstract Task WriteFileAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Reads a file that a registry names.</summary>
    /// <returns>Its bytes, or null when there is no such file.</returns>
    /// <exception cref="ModelSetException">There is a file, but it cannot be taken.</exception>
    public abstract Task<ReadOnlyMemory<byte>?> ReadFileAsync(string path, CancellationToken cancellationToken);

    /// <summary>Whether there is any signature, of this registry or of an earlier one.</summary>
    public abstract Task<bool> HasSignaturesAsync(CancellationToken cancellationToken);
}

/// <summary>A registry as it was read.</summary>
/// <param name="Json">Its bytes.</param>
/// <param name="Tag">Its version; the default value where the store has none.</param>
internal sealed record StoredRegistry(ReadOnlyMemory<byte> Json, ETag Tag);
