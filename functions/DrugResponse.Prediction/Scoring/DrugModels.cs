using System.Collections.Immutable;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Prediction.Scoring;

/// <summary>
/// The active models of one drug, and what follows from them alone and so is the same for every patient: worked out once, at the first
/// patient. Immutable and thread-safe.
/// </summary>
internal sealed class DrugModels
{
    private readonly Lazy<DrugWarnings> _warnings;

    /// <param name="models">The models, each after those it needs.</param>
    public DrugModels(ImmutableArray<ScoredModel> models)
    {
        Models = models;
        var responses = Places(EndpointKind.Response);
        PrimaryResponse = responses.FirstOrDefault(place => models[place].IsPrimary, -1);
        OtherResponses = responses.Remove(PrimaryResponse);
        Adverse = [.. Places(EndpointKind.Adverse).OrderByDescending(place => models[place].IsPrimary)];
        Dose = Places(EndpointKind.Dose).FirstOrDefault(-1);
        HasChains = models.Any(static model => model.Needs.Any());
        _warnings = new Lazy<DrugWarnings>(() => new DrugWarnings(models));

        ImmutableArray<int> Places(EndpointKind kind) =>
            [.. models.Index().Where(entry => entry.Item.Card.Kind == kind).Select(static entry => entry.Index)];
    }

    /// <summary>No models.</summary>
    public static DrugModels None { get; } = new([]);

    /// <summary>The models, each after those it needs.</summary>
    public ImmutableArray<ScoredModel> Models { get; }

    /// <summary>Place of the primary response endpoint among <see cref="Models"/>; -1 for none.</summary>
    public int PrimaryResponse { get; }

    /// <summary>Places of the other response endpoints.</summary>
    public ImmutableArray<int> OtherResponses { get; }

    /// <summary>Places of the adverse endpoints, the primary one first.</summary>
    public ImmutableArray<int> Adverse { get; }

    /// <summary>Place of the dose; -1 for none.</summary>
    public int Dose { get; }

    /// <summary>Whether some model is given the score of another one.</summary>
    public bool HasChains { get; }

    /// <summary>What their readers must know.</summary>
    public DrugWarnings Warnings => _warnings.Value;
}
