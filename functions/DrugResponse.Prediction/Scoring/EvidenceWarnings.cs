using System.Collections.Immutable;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Prediction.Scoring;

/// <summary>What the evidence behind a drug's scores does not hold. Immutable and thread-safe.</summary>
internal sealed class EvidenceWarnings
{
    private readonly Warning[] _always;
    private readonly ImmutableArray<EffectNotInScore> _effects;

    /// <param name="models">The drug's models.</param>
    public EvidenceWarnings(ImmutableArray<ScoredModel> models)
    {
        _always = [.. NoKnownEffects(models), .. RestsOnAssumptions(models)];
        _effects =
        [
            .. models.Index().SelectMany(static entry => entry.Item.Card.LeftOut
                .Where(static effect => effect.Feature is not null)
                .Select(effect => new EffectNotInScore(effect, entry.Item, entry.Index))),
        ];
    }

    /// <summary>Adds the warnings about the scores of one patient.</summary>
    /// <param name="warnings">Takes them.</param>
    /// <param name="context">The patient.</param>
    /// <param name="scored">What each of the models said, in their order.</param>
    public void AddTo(List<Warning> warnings, FeatureContext context, Scored[] scored)
    {
        warnings.AddRange(_always);
        var first = warnings.Count;
        foreach (var effect in _effects)
        {
            // Several rows of one card may say the same of one factor.
            if (effect.AppliesTo(scored, context) && warnings.IndexOf(effect.Warning, first) < 0)
                warnings.Add(effect.Warning);
        }
    }

    private static IEnumerable<Warning> NoKnownEffects(ImmutableArray<ScoredModel> models) =>
        models
            .Where(static model => model.Card.HasNoKnownEffects)
            .Select(static model => new Warning(
                WarningCodes.NoKnownEffect,
                null,
                $"No published effect that the model could use changes {model.Reference.Id}: the figure is the published rate for "
                + "everybody."));

    private static IEnumerable<Warning> RestsOnAssumptions(ImmutableArray<ScoredModel> models)
    {
        string[] sentences =
        [
            .. models.Select(static model => (model.Reference.Id, Assumed: Assumed(model.Card)))
                .Where(static one => one.Assumed is not null)
                .Select(static one => $"{one.Id} rests on assumed figures ({one.Assumed}): see its card."),
        ];
        if (sentences.Length > 0)
            yield return new Warning(WarningCodes.RestsOnAssumptions, null, string.Join(' ', sentences));
    }

    // What of a card is nobody's finding; null where enough is.
    private static string? Assumed(ModelCard card)
    {
        var effects = card.Coefficients.Where(static term => !term.IsBaseline).ToArray();
        var allEffects = effects.Length > 0 && effects.All(static term => term.IsAssumed);
        var rate = card.Coefficients.Any(static term => term is { IsBaseline: true, IsAssumed: true });
        return (rate, allEffects) switch
        {
            (true, true) => "the reference rate and all effects",
            (true, false) => "the reference rate",
            (false, true) => "all effects",
            _ => null,
        };
    }

    /// <summary>A published effect that a model does not use.</summary>
    private sealed class EffectNotInScore
    {
        private readonly FeatureColumn _column;
        private readonly float? _from;
        private readonly float? _to;

        public EffectNotInScore(LeftOutEffect effect, ScoredModel model, int place)
        {
            var feature = FeatureCatalogue.Get(effect.Feature!);
            _column = new FeatureColumn(feature, model, place);
            (_from, _to) = ((float?)effect.From, (float?)effect.To);
            Warning = new Warning(
                WarningCodes.EffectNotInScore,
                feature.Path,
                $"{effect.Description.TrimEnd('.')}. It is not in the score of {model.Reference.Id}: {effect.Reason.TrimEnd('.')}.");
        }

        public Warning Warning { get; }

        public bool AppliesTo(Scored[] scored, FeatureContext context)
        {
            var value = _column.ValueIn(scored, context);
            return !float.IsNaN(value) && !(value < _from) && !(value > _to);
        }
    }
}
