using System.Text.Json;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Prediction.Models;

/// <summary>
/// Loads the models that a registry names as active. All or nothing: one bad file, and no set comes of it, so that a
/// half-updated container is never served. Stateless and thread-safe.
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
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <exception cref="ModelSetException">The registry or some model cannot be served; every fault is listed.</exception>
    public static async Task<ModelSet> LoadAsync(ReadOnlyMemory<byte> registryJson, FetchAsync fetch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        var registry = ReadRegistry(registryJson);
        using var files = new ModelFiles(fetch);
        var loads = await Task.WhenAll(registry.Endpoints.Select(endpoint => LoadAsync(endpoint, files, cancellationToken))).ConfigureAwait(false);

        var faults = loads.SelectMany(load => load.Faults).ToList();
        // Of a drug with a model that failed, the others would only be blamed for needing it.
        var failed = registry.Endpoints.Zip(loads)
            .Where(pair => pair.Second.Model is null)
            .Select(pair => pair.First.Drug)
            .ToHashSet(StringComparer.Ordinal);
        var byDrug = loads
            .Select(load => load.Model)
            .OfType<ScoredModel>()
            .Where(model => !failed.Contains(model.Card.Drug))
            .GroupBy(model => model.Card.Drug, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => ModelOrder.Of(group.Key, group, faults), StringComparer.Ordinal);
        return faults.Count == 0 ? new ModelSet(byDrug) : throw new ModelSetException(faults);
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

    private static async Task<Load> LoadAsync(RegisteredEndpoint endpoint, ModelFiles files, CancellationToken cancellationToken)
    {
        var id = $"{endpoint.Drug}/{endpoint.Endpoint}";
        if (endpoint.Versions.FirstOrDefault(version => version.Version == endpoint.ActiveVersion) is not { } version)
            return Load.Failed($"{id}: the active version {endpoint.ActiveVersion} is not among its versions.");

        var faults = new List<string>();
        var contents = await files.GetAsync(version, faults, cancellationToken).ConfigureAwait(false);
        var model = contents is null ? null : ModelBinder.Bind(new RegisteredModel(endpoint, version), contents, faults);
        return new Load(model, [.. faults.Select(fault => $"{id} {version.Version}: {fault}")]);
    }

    /// <summary>The outcome of loading one endpoint.</summary>
    private sealed record Load(ScoredModel? Model, IReadOnlyList<string> Faults)
    {
        public static Load Failed(string fault) => new(null, [fault]);
    }
}
