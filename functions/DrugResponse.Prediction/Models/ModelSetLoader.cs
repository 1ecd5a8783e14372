using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using DrugResponse.Contracts.Predictions;
using DrugResponse.ModelArchives;
using DrugResponse.Prediction.Features;
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
    public delegate Task<ReadOnlyMemory<byte>?> FetchAsync(string path, CancellationToken cancellationToken);

    /// <summary>Loads a set.</summary>
    /// <param name="registryJson">The bytes of <c>registry.json</c>.</param>
    /// <param name="fetch">Fetches archives and cards; called for several at once.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <exception cref="ModelSetException">The registry or some model cannot be served; every fault is listed.</exception>
    public static async Task<ModelSet> LoadAsync(ReadOnlyMemory<byte> registryJson, FetchAsync fetch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        var registry = ReadRegistry(registryJson);
        var loads = await Task.WhenAll(registry.Endpoints.Select(endpoint => LoadAsync(endpoint, fetch, cancellationToken))).ConfigureAwait(false);

        var faults = loads.SelectMany(load => load.Faults).ToList();
        // Of a drug with a model that failed, the others would only be blamed for needing it.
        var failed = registry.Endpoints.Zip(loads).Where(pair => pair.Second.Model is null).Select(pair => pair.First.Drug).ToHashSet(StringComparer.Ordinal);
        var byDrug = loads
            .Where(load => load.Model is { } model && !failed.Contains(model.Card.Drug))
            .GroupBy(load => load.Model!.Card.Drug, load => load.Model!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => InOrder(group.Key, [.. group], faults), StringComparer.Ordinal);
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

    private static async Task<Load> LoadAsync(RegisteredEndpoint endpoint, FetchAsync fetch, CancellationToken cancellationToken)
    {
        var id = $"{endpoint.Drug}/{endpoint.Endpoint}";
        if (endpoint.Versions.FirstOrDefault(version => version.Version == endpoint.ActiveVersion) is not { } version)
            return Load.Failed($"{id}: the active version {endpoint.ActiveVersion} is not among its versions.");

        var faults = new List<string>();
        var archive = await FetchCheckedAsync(version.Model, version.ModelSha256, fetch, faults, cancellationToken).ConfigureAwait(false);
        var card = await FetchCheckedAsync(version.Card, version.CardSha256, fetch, faults, cancellationToken).ConfigureAwait(false);
        if (archive is null || card is null)
            return new Load(null, faults);

        var model = Bind(endpoint, version, archive.Value, card.Value, faults);
        return new Load(faults.Count == 0 ? model : null, [.. faults.Select(fault => $"{id} {version.Version}: {fault}")]);
    }

    private static async Task<ReadOnlyMemory<byte>?> FetchCheckedAsync(
        string path, string sha256, FetchAsync fetch, List<string> faults, CancellationToken cancellationToken)
    {
        if (await fetch(path, cancellationToken).ConfigureAwait(false) is not { } content)
        {
            faults.Add($"{path} is missing.");
            return null;
        }

        if (Convert.ToHexStringLower(SHA256.HashData(content.Span)) == sha256)
            return content;
        faults.Add($"{path} does not have the SHA-256 that the registry states.");
        return null;
    }

    private static ScoredModel? Bind(
        RegisteredEndpoint endpoint, RegisteredVersion version, ReadOnlyMemory<byte> archive, ReadOnlyMemory<byte> cardJson, List<string> faults)
    {
        var card = ReadCard(cardJson, faults);
        var scorer = ReadArchive(archive, faults);
        if (card is null || scorer is null)
            return null;

        if (card.Drug != endpoint.Drug || card.Endpoint != endpoint.Endpoint || card.Kind != endpoint.Kind || card.Version != version.Version)
            faults.Add("the card is of another model (drug, endpoint, kind or version differ from the registry).");
        var scale = ScoreScale.Find(card.Scale);
        if (scale is null)
            faults.Add($"the scale '{card.Scale}' is not known.");
        else
            CheckScale(card, scale, scorer, faults);
        CheckInterval(card.Interval, faults);
        CheckNames(card, faults);
        var features = BindFeatures(scorer, faults);
        if (faults.Count == 0)
            TryOut(scorer, faults);
        return scale is null || faults.Count > 0
            ? null
            : new ScoredModel(
                scorer,
                features,
                card,
                scale,
                new ModelReference($"{card.Drug}/{card.Endpoint}", card.Version, version.ModelSha256),
                endpoint.Primary);
    }

    private static ModelCard? ReadCard(ReadOnlyMemory<byte> json, List<string> faults)
    {
        try
        {
            var card = JsonSerializer.Deserialize(json.Span, ModelJson.Default.ModelCard);
            if (card is not null && !HoldsNull(card))
                return card;
            faults.Add("the card, its strata or its training ranges hold a null.");
        }
        catch (JsonException exception)
        {
            faults.Add($"the card cannot be read: {exception.Message}");
        }

        return null;
    }

    // The reader of JSON lets a null stand in a list or as a value of a map.
    private static bool HoldsNull(ModelCard card) =>
        card.Interval.Strata.Any(static stratum => stratum is null || stratum.Missing.Contains(null!))
        || card.TrainingRanges.Values.Contains(null!);

    private static ModelScorer? ReadArchive(ReadOnlyMemory<byte> archive, List<string> faults)
    {
        try
        {
            return ModelArchive.Read(archive).Compile();
        }
        catch (Exception exception) when (exception is ModelArchiveException or InvalidOperationException)
        {
            faults.Add($"the archive cannot be scored: {exception.Message}");
            return null;
        }
    }

    private static void CheckScale(ModelCard card, ScoreScale scale, ModelScorer scorer, List<string> faults)
    {
        if (scale.IsProbability == (card.Kind == EndpointKind.Dose))
            faults.Add($"the scale '{scale.Name}' does not fit an endpoint of kind {card.Kind}.");
        if (scorer.Kind != (scale.IsProbability ? PredictionKind.Binary : PredictionKind.Regression))
            faults.Add($"the archive's kind of prediction, {scorer.Kind}, does not fit the scale '{scale.Name}'.");
        else if (scale.IsProbability && !scorer.IsCalibrated)
            faults.Add("the archive gives no probability: it has no calibrator.");
        if (!scale.IsProbability && string.IsNullOrEmpty(card.Unit))
            faults.Add("the card states no unit.");
        if (!scorer.AcceptsNumbers)
            faults.Add("the archive has inputs that are not of type Single; features are numbers.");
    }

    private static void CheckInterval(ModelInterval interval, List<string> faults)
    {
        if (interval.Level is not (> 0 and < 1))
            faults.Add("the interval's level is not between 0 and 1.");
        if (interval.Strata is not [.., { Missing.Count: 0 }])
            faults.Add("the interval's last stratum must have no missing features, so that one always applies.");
        if (interval.Strata.Any(stratum => !(stratum.Lower <= 0 && stratum.Upper >= 0)))
            faults.Add("an interval stratum has a lower offset above 0 or an upper one below.");
    }

    // A misspelt name would never apply, and no answer would show it.
    private static void CheckNames(ModelCard card, List<string> faults) =>
        faults.AddRange(card.Interval.Strata.SelectMany(stratum => stratum.Missing).Concat(card.TrainingRanges.Keys)
            .Where(name => !FeatureCatalogue.TryGet(name, out _))
            .Distinct(StringComparer.Ordinal)
            .Select(name => $"the card names '{name}', which is not in the feature catalogue."));

    private static ImmutableArray<Feature> BindFeatures(ModelScorer scorer, List<string> faults)
    {
        var features = ImmutableArray.CreateBuilder<Feature>(scorer.Inputs.Count);
        foreach (var input in scorer.Inputs)
        {
            if (input.SlotCount != 1)
                faults.Add($"the input '{input.Name}' is a vector; features are single numbers.");
            else if (!FeatureCatalogue.TryGet(input.Name, out var feature))
                faults.Add($"the input '{input.Name}' is not in the feature catalogue.");
            else if (!input.MayBeMissing)
                faults.Add($"the input '{input.Name}' has no rule for a missing value.");
            else
                features.Add(feature);
        }

        return features.ToImmutable();
    }

    // What would fail for every patient is to fail here. Every model must take a patient of whom nothing is known.
    private static void TryOut(ModelScorer scorer, List<string> faults)
    {
        var unknown = new float[scorer.RowLength];
        Array.Fill(unknown, float.NaN);
        try
        {
            scorer.Predict(unknown);
            scorer.Explain(unknown);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ModelInputException or ExplanationUnavailableException)
        {
            faults.Add($"the archive cannot score and explain a patient: {exception.Message}");
        }
    }

    // Each model after those whose score it asks for; a cycle, or a model that is not there, is a fault.
    private static ImmutableArray<ScoredModel> InOrder(string drug, List<ScoredModel> waiting, List<string> faults)
    {
        var ordered = new List<ScoredModel>(waiting.Count);
        while (waiting.Count > 0)
        {
            var next = waiting.Find(model => model.Needs.All(need => ordered.Exists(done => done.Reference.Id == need)));
            if (next is null)
            {
                faults.Add($"{drug}: {string.Join(", ", waiting.Select(model => model.Card.Endpoint))} ask for scores of models that are missing or wait for them.");
                break;
            }

            ordered.Add(next);
            waiting.Remove(next);
        }

        return [.. ordered];
    }

    /// <summary>The outcome of loading one endpoint.</summary>
    private sealed record Load(ScoredModel? Model, IReadOnlyList<string> Faults)
    {
        public static Load Failed(string fault) => new(null, [fault]);
    }
}
