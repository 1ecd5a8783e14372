using System.Collections.Frozen;
using System.Collections.Immutable;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Prediction.Models;

/// <summary>All models in use at one moment. Immutable: a new registry gives a new set, and a request works with one set throughout.</summary>
public sealed class ModelSet
{
    private readonly FrozenDictionary<string, DrugModels> _active;
    private readonly FrozenDictionary<string, ImmutableArray<ScoredModel>> _candidates;

    /// <param name="active">The active models of each drug, each after those it needs.</param>
    /// <param name="candidates">The candidates that can be scored.</param>
    /// <param name="candidateFaults">Why others cannot.</param>
    internal ModelSet(
        IReadOnlyDictionary<string, ImmutableArray<ScoredModel>> active,
        IReadOnlyList<ScoredModel> candidates,
        IReadOnlyList<string> candidateFaults)
    {
        _active = active.ToFrozenDictionary(
            static drug => drug.Key, static drug => new DrugModels(drug.Value), StringComparer.Ordinal);
        _candidates = candidates
            .GroupBy(static candidate => candidate.Card.Drug, StringComparer.Ordinal)
            .ToFrozenDictionary(static group => group.Key, ImmutableArray.ToImmutableArray, StringComparer.Ordinal);
        CandidateFaults = candidateFaults;
    }

    /// <summary>A set without any model.</summary>
    public static ModelSet Empty { get; } = new(new Dictionary<string, ImmutableArray<ScoredModel>>(), [], []);

    /// <summary>Drugs with at least one model, by canonical name.</summary>
    public IEnumerable<string> Drugs => _active.Keys.Order(StringComparer.Ordinal);

    /// <summary>All active models.</summary>
    public IEnumerable<ScoredModel> Models => Drugs.SelectMany(drug => _active[drug].Models);

    /// <summary>All candidates that run beside an active model.</summary>
    public IEnumerable<ScoredModel> Candidates => Drugs.SelectMany(drug => CandidatesOf(drug));

    /// <summary>Why candidates that the registry names do not run, one sentence each; empty when all do.</summary>
    public IReadOnlyList<string> CandidateFaults { get; }

    /// <summary>The active models of a drug, in an order in which each comes after those it needs; empty when there is none.</summary>
    /// <param name="drug">Canonical lower-case ingredient name.</param>
    public ImmutableArray<ScoredModel> ModelsOf(string drug) => Of(drug).Models;

    /// <summary>The candidates of a drug; empty when there is none.</summary>
    /// <param name="drug">Canonical lower-case ingredient name.</param>
    public ImmutableArray<ScoredModel> CandidatesOf(string drug) => _candidates.GetValueOrDefault(drug, []);

    /// <summary>The active model of an endpoint, or null.</summary>
    /// <param name="drug">Canonical lower-case ingredient name.</param>
    /// <param name="endpoint">Endpoint key.</param>
    public ScoredModel? Find(string drug, string endpoint) => ModelsOf(drug).FirstOrDefault(model => model.Card.Endpoint == endpoint);

    /// <summary>The candidate that runs beside the active model of an endpoint, or null.</summary>
    /// <param name="drug">Canonical lower-case ingredient name.</param>
    /// <param name="endpoint">Endpoint key.</param>
    public ScoredModel? FindCandidate(string drug, string endpoint) =>
        CandidatesOf(drug).FirstOrDefault(model => model.Card.Endpoint == endpoint);

    /// <summary>The active models of a drug with what follows from them; <see cref="DrugModels.None"/> when there is none.</summary>
    /// <param name="drug">Canonical lower-case ingredient name.</param>
    internal DrugModels Of(string drug) => _active.GetValueOrDefault(drug, DrugModels.None);
}
