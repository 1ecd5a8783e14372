using System.Globalization;
using DrugResponse.Prediction.Models;
using DrugResponse.Storage.Models;

namespace DrugResponse.Functions.Models;

/// <summary>
/// Takes no registry that is older than one that was in use: its signature is good for ever, and whoever writes the container of models
/// could otherwise put it back. In Development, where registries need no signature, it takes all. Not thread-safe.
/// </summary>
internal sealed class RegistryRevisions(RegistryRevisionStore store, IHostEnvironment environment)
{
    private long? _highest;

    /// <summary>Requires a registry to be none that was put back.</summary>
    /// <param name="registryJson">Its bytes; they are signed.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns>Its revision, to be noted once it can be used; null where there is nothing to note.</returns>
    /// <exception cref="ModelSetException">It cannot be read, or a higher revision was in use.</exception>
    public async Task<long?> RequireNotOlderAsync(ReadOnlyMemory<byte> registryJson, CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
            return null;

        var revision = ModelSetLoader.ReadRegistry(registryJson).Revision;
        // What this process has used counts even if somebody has removed the note of it.
        if (await store.FindAsync(cancellationToken) is { } kept && !(_highest >= kept))
            _highest = kept;
        if (_highest is { } highest && !(revision >= highest))
            throw new ModelSetException([Describe(revision, highest)]);
        return revision;
    }

    /// <summary>Notes that a registry comes into use.</summary>
    /// <param name="revision">What <see cref="RequireNotOlderAsync"/> gave.</param>
    /// <param name="cancellationToken">Cancels the note; then the registry must not come into use.</param>
    public async Task NoteAsync(long? revision, CancellationToken cancellationToken)
    {
        if (revision is not { } used || used == _highest)
            return;
        await store.RaiseAsync(used, cancellationToken);
        _highest = used;
    }

    private static string Describe(long? revision, long highest)
    {
        var present = revision is { } given ? $"the revision {given.ToString(CultureInfo.InvariantCulture)}" : "no revision";
        return $"The registry has {present}, and {highest.ToString(CultureInfo.InvariantCulture)} was in use: an older registry was put back. "
            + "Publish, activate or roll back with the signing key, which makes a higher one.";
    }
}
