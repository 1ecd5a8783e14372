using System.Text.Json;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Registry;

/// <summary>Changes a registry where it lies: reads it, changes it, tries out what would come of it, and writes it.</summary>
internal static class RegistryEdit
{
    /// <summary>Changes a registry.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="change">The change.</param>
    /// <param name="keys">The key that signs the changed registry, and what the one that is there must be signed by.</param>
    /// <param name="clock">Gives the changed registry's revision, where it is signed.</param>
    /// <param name="output">Takes what became different.</param>
    /// <param name="cancellationToken">Cancels; the registry is then as it was, or changed as a whole.</param>
    /// <exception cref="RegistryCommandException">The change cannot be made, the registry is not signed as it must be, or somebody else
    /// changed it meanwhile.</exception>
    /// <exception cref="ModelSetException">The service would refuse what would come of it.</exception>
    public static async Task ApplyAsync(
        ModelStore store,
        Func<ModelRegistry, ModelRegistry> change,
        SigningKeys keys,
        TimeProvider clock,
        TextWriter output,
        CancellationToken cancellationToken)
    {
        var stored = await store.ReadRegistryAsync(cancellationToken)
            ?? throw new RegistryCommandException($"There is no registry in {store.Name}.");
        await RegistrySigning.RequireTrustedAsync(store, stored, keys, cancellationToken);
        var before = ModelSetLoader.ReadRegistry(stored.Json);
        var after = change(before);
        var json = Write(keys.Signing is null ? after : after.Following(before, clock.GetUtcNow()));
        await RequireServableAsync(store, json, cancellationToken);
        await RegistrySigning.SignAsync(store, json, keys.Signing, cancellationToken);
        if (!await store.TryReplaceRegistryAsync(json, stored, cancellationToken))
            throw new RegistryCommandException(
                $"Somebody else has changed the registry of {store.Name} meanwhile. Nothing was changed; try again.");

        foreach (var line in RegistryDifference.Describe(before, after))
            await output.WriteLineAsync(line);
    }

    /// <summary>Loads the set as the service does.</summary>
    /// <exception cref="ModelSetException">The service would refuse it, or a candidate in it.</exception>
    public static async Task<ModelSet> RequireServableAsync(
        ModelStore store, ReadOnlyMemory<byte> registry, CancellationToken cancellationToken)
    {
        var set = await ModelSetLoader.LoadAsync(registry, store.ReadFileAsync, cancellationToken: cancellationToken);
        return set.CandidateFaults.Count == 0 ? set : throw new ModelSetException(set.CandidateFaults);
    }

    /// <summary>The bytes of a registry, as the training command writes them: with a line feed at its end.</summary>
    public static byte[] Write(ModelRegistry registry) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(registry, ModelJson.Default.ModelRegistry), (byte)'\n'];
}
