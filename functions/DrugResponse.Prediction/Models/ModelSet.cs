using System.Collections.Frozen;
using System.Collections.Immutable;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Prediction.Models;

/// <summary>All models in use at one moment. Immutable: a new registry gives a new set, and a request works with one set throughout.</summary>
public sealed class ModelSet
{
    private readonly FrozenDictionary<string, ImmutableArray<ScoredModel>> _byDrug;

    internal ModelSet(IReadOnlyDictionary<string, ImmutableArray<ScoredModel>> byDrug) =>
        _byDrug = byDrug.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Drugs with at least one model, by canonical name.</summary>
    public IEnumerable<string> Drugs => _byDrug.Keys.Order(StringComparer.Ordinal);

    /// <summary>All models.</summary>
    public IEnumerable<ScoredModel> Models => Drugs.SelectMany(drug => _byDrug[drug]);

    /// <summary>The models of a drug, in an order in which each comes after those it needs; empty when there is none.</summary>
    /// <param name="drug">Canonical lower-case ingredient name.</param>
    public ImmutableArray<ScoredModel> ModelsOf(string drug) => _byDrug.GetValueOrDefault(drug, []);
}
