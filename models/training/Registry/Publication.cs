using System.Collections.Concurrent;
using System.Security.Cryptography;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Training.Registry;

/// <summary>
/// Brings a folder's models into a container: first the files, then, if nobody has changed it meanwhile, the registry. What was published
/// under a version never changes: answers name the version, and must be explained by it later.
/// </summary>
internal sealed class Publication(FolderStore folder, ContainerStore container, TimeProvider clock, TextWriter output)
{
    private const int MostAtOnce = 16;

    /// <summary>Publishes.</summary>
    /// <param name="mayRemove">Whether versions may vanish that the container has and the folder has not.</param>
    /// <param name="signingKey">The file of the key that signs the registry; null to leave it unsigned.</param>
    /// <param name="cancellationToken">Cancels; the container's registry is then as it was, or the new one.</param>
    /// <exception cref="ModelSetException">The service would refuse the set.</exception>
    /// <exception cref="RegistryCommandException">Other models are published already, or somebody else published meanwhile.</exception>
    public async Task RunAsync(bool mayRemove, FileInfo? signingKey, CancellationToken cancellationToken)
    {
        var local = await folder.ReadRegistryAsync(cancellationToken)
            ?? throw new RegistryCommandException($"There is no registry in {folder.Name}.");
        await RegistryEdit.RequireServableAsync(folder, local.Json, cancellationToken);
        var registry = ModelSetLoader.ReadRegistry(local.Json);
        var files = await ReadFilesAsync(registry, cancellationToken);

        await container.EnsureCreatedAsync(cancellationToken);
        var stored = await container.ReadRegistryAsync(cancellationToken);
        var published = await ReadPublishedAsync(stored);
        RequireCompatible(published, registry, mayRemove);

        var added = await AddAsync(files, cancellationToken);
        // Unsigned, the container's registry is the folder's to the byte: that is how a development start knows its own.
        var json = signingKey is null ? local.Json : RegistryEdit.Write(registry.Following(published, clock.GetUtcNow()));
        await RegistrySigning.SignAsync(container, json, signingKey, cancellationToken);
        if (!await container.TryReplaceRegistryAsync(json, stored, cancellationToken))
            throw new RegistryCommandException(
                $"Somebody else has published to {container.Name} meanwhile. The registry was left as it is; try again.");

        foreach (var path in added.Order(StringComparer.Ordinal))
            await output.WriteLineAsync($"uploaded {path}");
        foreach (var line in RegistryDifference.Describe(published, registry))
            await output.WriteLineAsync(line);
        if (signingKey is null)
            await output.WriteLineAsync("The registry is not signed: only a service in Development takes it (--signing-key).");
        await output.WriteLineAsync($"{container.Name}: {added.Count} files uploaded, {files.Count - added.Count} were there already.");
    }

    // All versions, not only the active ones: any of them may be activated later.
    private async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadFilesAsync(
        ModelRegistry registry, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var versions = registry.Endpoints.SelectMany(static endpoint => endpoint.Versions);
        foreach (var file in versions.SelectMany(static version => version.ListFiles()))
        {
            if (await folder.ReadFileAsync(file.Path, cancellationToken) is not { } content)
                faults.Add($"{file.Path} is missing.");
            else if (Convert.ToHexStringLower(SHA256.HashData(content.Span)) != file.Sha256)
                faults.Add($"{file.Path} does not have the SHA-256 that the registry states.");
            else
                files[file.Path] = content;
        }

        return faults.Count == 0 ? files : throw new RegistryCommandException(faults);
    }

    // A registry that cannot be read protects nothing and is replaced: publishing is how it is put right.
    private async Task<ModelRegistry?> ReadPublishedAsync(StoredRegistry? stored)
    {
        try
        {
            return stored is null ? null : ModelSetLoader.ReadRegistry(stored.Json);
        }
        catch (ModelSetException exception)
        {
            await output.WriteLineAsync($"The registry of {container.Name} is replaced as a whole. {exception.Message}");
            return null;
        }
    }

    private void RequireCompatible(ModelRegistry? published, ModelRegistry registry, bool mayRemove)
    {
        var local = ByName(registry);
        var faults = new List<string>();
        foreach (var (name, version) in published is null ? [] : ByName(published))
        {
            if (!local.TryGetValue(name, out var own))
            {
                if (!mayRemove)
                    faults.Add($"{name} is published and not in {folder.Name}: it would be lost. Add it, or publish with --replace.");
            }
            else if (!own.HasSameContentAs(version))
            {
                faults.Add($"{name} is published with other bytes and never changes. Publish under another version.");
            }
        }

        if (faults.Count > 0)
            throw new RegistryCommandException(faults);
    }

    private static Dictionary<string, RegisteredVersion> ByName(ModelRegistry registry)
    {
        var versions = new Dictionary<string, RegisteredVersion>(StringComparer.Ordinal);
        foreach (var endpoint in registry.Endpoints)
        {
            foreach (var version in endpoint.Versions)
                versions[$"{endpoint.Drug}/{endpoint.Endpoint} {version.Version}"] = version;
        }

        return versions;
    }

    private async Task<IReadOnlyCollection<string>> AddAsync(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellationToken)
    {
        var added = new ConcurrentBag<string>();
        var others = new ConcurrentBag<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files, options, async (file, token) =>
        {
            if (await container.TryAddFileAsync(file.Key, file.Value, token))
                added.Add(file.Key);
            else if (await container.ReadFileAsync(file.Key, token) is not { } present || !present.Span.SequenceEqual(file.Value.Span))
                others.Add(file.Key);
        });

        return others.IsEmpty
            ? added
            : throw new RegistryCommandException(
            [
                .. others.Order(StringComparer.Ordinal)
                    .Select(path => $"{path} is in {container.Name} with other bytes; published files never change."),
            ]);
    }
}
