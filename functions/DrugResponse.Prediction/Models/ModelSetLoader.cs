using System.Collections.Immutable;
using System.Text.Json;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Prediction.Models;

/// <summary>
/// Loads the models that a registry names as active. All or nothing: one bad file, and no set comes of it, so that a
/// half-updated container is never served. Candidates are loaded beside them; one that is bad is left out and named. Stateless and thread-safe.
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
        var fitting = candidates.Select(static load => load.Model).OfType<ScoredModel>().Where(model => Fits(model, active, candidateFaults)).ToList();
        return new ModelSet(active, fitting, candidateFaults);
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
    private static bool Fits(ScoredModel candidate, Dictionary<string, ImmutableArray<ScoredModel>> active, List<string> faults)
    {
        var others = active[candidate.Card.Drug].Where(model => model.Card.Endpoint != candidate.Card.Endpoint);
        var count = faults.Count;
        ModelOrder.Of($"{candidate.Reference.Id} {candidate.Reference.Version}, in place of the active version", others.Append(candidate), faults);
        return faults.Count == count;
    }

    private static ModelRegistry ReadRegistry(ReadOnlyMemory<byte> json)
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
