using System.Collections.Immutable;
using System.Text.Json;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Prediction.Models;

/// <summary>
/// Loads the models that a registry names as active. All or nothing: one bad file, and no set comes of it, so that a
/// half-updated container is never served. Candidates are loaded beside them; one that is bad is left out and named. Stateless and
/// thread-safe.
/// </summary>
public static class ModelSetLoader
{
    /// <summary>Fetches a file of the registry by its path.</summary>
    /// <param name="path">Path relative to the registry.</param>
    /// <param name="cancellationToken">Cancels the fetch.</param>
    /// <returns>Its bytes, or null when there is no such file.</returns>
    /// <exception cref="ModelSetException">There is a file, but it cannot be taken; the faults say why.</exception>
    public delegate Task<ReadOnlyMemory<byte>?> FetchAsync(string path, CancellationToken cancellationToken);

    /// <summary>Loads a set.</summary>
    /// <param name="registryJson">The bytes of <c>registry.json</c>.</param>
    /// <param name="fetch">Fetches archives and cards; called for up to 16 at once.</param>
    /// <param name="loaded">What was loaded before, and may be used again; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <exception cref="ModelSetException">The registry or some active model cannot be served; every fault is listed.</exception>
    public static async Task<ModelSet> LoadAsync(
        ReadOnlyMemory<byte> registryJson, FetchAsync fetch, LoadedModels? loaded = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        var registry = ReadRegistry(registryJson);
        using var files = new ModelFiles(fetch);
        var loader = new VersionLoader(files, loaded);
        var withCandidate = registry.Endpoints.Where(static endpoint => endpoint.CandidateVersion is not null);
        var candidateLoads = Task.WhenAll(withCandidate.Select(endpoint => loader.LoadCandidateAsync(endpoint, cancellationToken)));
        var activeLoads = Task.WhenAll(registry.Endpoints.Select(endpoint => loader.LoadActiveAsync(endpoint, cancellationToken)));
        await Task.WhenAll(activeLoads, candidateLoads).ConfigureAwait(false);

        var active = InOrder(registry.Endpoints, await activeLoads.ConfigureAwait(false));
        var candidates = await candidateLoads.ConfigureAwait(false);
        var candidateFaults = candidates.SelectMany(static load => load.Faults).ToList();
        var fitting = candidates
            .Select(static load => load.Model)
            .OfType<ScoredModel>()
            .Where(model => Fits(model, active[model.Card.Drug], candidateFaults))
            .ToList();
        return new ModelSet(active, fitting, candidateFaults);
    }

    /// <summary>Loads one version, as it would be loaded as the active one among the models of a set.</summary>
    /// <param name="among">The set; null if there is none to tell whether the models are there whose scores it asks for.</param>
    /// <param name="endpoint">The endpoint that the version is of; its own versions do not matter.</param>
    /// <param name="version">The version.</param>
    /// <param name="fetch">Fetches its files.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>The model, or everything that keeps it from being served.</returns>
    public static async Task<VersionLoad> LoadVersionAsync(
        ModelSet? among,
        RegisteredEndpoint endpoint,
        RegisteredVersion version,
        FetchAsync fetch,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(fetch);
        using var files = new ModelFiles(fetch);
        var loader = new VersionLoader(files, loaded: null);
        var load = await loader.LoadAsync(new RegisteredModel(endpoint, version), cancellationToken).ConfigureAwait(false);
        var faults = load.Faults.ToList();
        return load.Model is { } model && among is not null && !Fits(model, among.ModelsOf(endpoint.Drug), faults)
            ? new VersionLoad(null, faults)
            : load;
    }

    private static Dictionary<string, ImmutableArray<ScoredModel>> InOrder(IReadOnlyList<RegisteredEndpoint> endpoints, VersionLoad[] loads)
    {
        var faults = loads.SelectMany(load => load.Faults).ToList();
        // Of a drug with a model that failed, the others would only be blamed for needing it.
        var failed = endpoints.Zip(loads)
            .Where(static pair => pair.Second.Model is null)
            .Select(static pair => pair.First.Drug)
            .ToHashSet(StringComparer.Ordinal);
        var byDrug = loads
            .Select(static load => load.Model)
            .OfType<ScoredModel>()
            .Where(model => !failed.Contains(model.Card.Drug))
            .GroupBy(static model => model.Card.Drug, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, group => ModelOrder.Of(group.Key, group, faults), StringComparer.Ordinal);
        return faults.Count == 0 ? byDrug : throw new ModelSetException(faults);
    }

    // What could not become the active version is not worth running beside it.
    private static bool Fits(ScoredModel candidate, ImmutableArray<ScoredModel> active, List<string> faults)
    {
        var others = active.Where(model => model.Card.Endpoint != candidate.Card.Endpoint);
        var count = faults.Count;
        ModelOrder.Of(
            $"{candidate.Reference.Id} {candidate.Reference.Version}, in place of the active version", others.Append(candidate), faults);
        return faults.Count == count;
    }

    /// <summary>Reads a registry, without the files that it names.</summary>
    /// <param name="json">The bytes of <c>registry.json</c>.</param>
    /// <exception cref="ModelSetException">It is none, or inconsistent in itself; every fault is listed.</exception>
    public static ModelRegistry ReadRegistry(ReadOnlyMemory<byte> json)
    {
        ModelRegistry registry;
        try
        {
            registry = JsonSerializer.Deserialize(json.Span, ModelJson.Default.ModelRegistry)
                ?? throw new ModelSetException(["registry.json holds null."]);
        }
        catch (JsonException exception)
        {
            throw new ModelSetException([$"registry.json cannot be read: {exception.Message}"]);
        }

        var faults = RegistryCheck.FaultsOf(registry);
        return faults.Count == 0 ? registry : throw new ModelSetException(faults);
    }
}
