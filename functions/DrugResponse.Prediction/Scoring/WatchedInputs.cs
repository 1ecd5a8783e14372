using System.Collections.Immutable;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;

namespace DrugResponse.Prediction.Scoring;

/// <summary>
/// The parts of a request that a drug's models look at, each once and numbered, with the features that are missed when a part was not
/// given. Immutable and thread-safe.
/// </summary>
internal sealed class WatchedInputs
{
    private readonly List<WatchedInput> _inputs = [];

    /// <param name="models">The drug's models.</param>
    public WatchedInputs(ImmutableArray<ScoredModel> models)
    {
        var numbers = new Dictionary<FeatureInput, int>();
        Models =
        [
            .. models.Index()
                .Where(static entry => !entry.Item.Card.HasNoKnownEffects)
                .Select(entry => new WatchedModel(entry.Index, Watch(entry.Item.Features, numbers))),
        ];
    }

    /// <summary>How many there are.</summary>
    public int Count => _inputs.Count;

    /// <summary>The models of which something can be missed.</summary>
    public ImmutableArray<WatchedModel> Models { get; }

    /// <summary>A part, by its number.</summary>
    public WatchedInput this[int number] => _inputs[number];

    private ImmutableArray<WatchedFeature> Watch(ImmutableArray<Feature> features, Dictionary<FeatureInput, int> numbers) =>
    [
        .. features.Index()
            .Where(entry => entry.Item.ChainedFrom is null && !features.Any(feature => feature.StandIn == entry.Item.Name))
            .Select(entry => new WatchedFeature(
                entry.Index, ColumnOf(entry.Item.StandIn, features), [.. entry.Item.Inputs.Select(input => NumberOf(input, numbers))])),
    ];

    private static int ColumnOf(string? name, ImmutableArray<Feature> features)
    {
        for (var column = 0; column < features.Length; column++)
        {
            if (features[column].Name == name)
                return column;
        }

        return -1;
    }

    private int NumberOf(FeatureInput input, Dictionary<FeatureInput, int> numbers)
    {
        if (numbers.TryGetValue(input, out var number))
            return number;
        numbers.Add(input, _inputs.Count);
        _inputs.Add(new WatchedInput(
            input,
            FirstOr(_inputs.FindIndex(other => other.Input.Path == input.Path)),
            FirstOr(_inputs.FindIndex(other => other.Input.Gene == input.Gene))));
        return _inputs.Count - 1;

        int FirstOr(int found) => found >= 0 ? found : _inputs.Count;
    }
}

/// <summary>A model of which something can be missed.</summary>
/// <param name="Place">Its place among the models of its drug.</param>
/// <param name="Features">The features.</param>
internal sealed record WatchedModel(int Place, ImmutableArray<WatchedFeature> Features);

/// <summary>A feature that is missed when its value is not known.</summary>
/// <param name="Column">Its place among the model's features.</param>
/// <param name="StandIn">Place of the feature that may be known instead; -1 for none.</param>
/// <param name="Inputs">Numbers of the parts that it is computed from.</param>
internal readonly record struct WatchedFeature(int Column, int StandIn, ImmutableArray<int> Inputs);

/// <summary>A part of the request.</summary>
/// <param name="Input">The part.</param>
/// <param name="SamePath">Number of the first part with this path.</param>
/// <param name="SameGene">Number of the first part of this gene, or of none.</param>
internal sealed record WatchedInput(FeatureInput Input, int SamePath, int SameGene)
{
    /// <summary>The warning that it was not given.</summary>
    public Warning NotGiven { get; } = Input.Gene is { } gene
        ? new Warning(WarningCodes.MissingGenotype, Input.Path, MissingInputWarnings.Lacking($"{gene} was not given or not called"))
        : new Warning(WarningCodes.MissingFeature, Input.Path, $"{Input.Path} was not given; the models treat it as unknown.");
}
