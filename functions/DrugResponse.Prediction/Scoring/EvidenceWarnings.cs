using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Prediction.Scoring;

/// <summary>What the evidence behind a drug's scores does not hold.</summary>
internal static class EvidenceWarnings
{
    public static IEnumerable<Warning> Of(PatientProfile patient, IReadOnlyList<Scored> scored) =>
        [.. NoKnownEffects(scored), .. RestsOnAssumptions(scored), .. EffectsNotInScore(patient, scored)];

    private static IEnumerable<Warning> NoKnownEffects(IReadOnlyList<Scored> scored) =>
        scored
            .Where(static one => one.Model.Card.HasNoKnownEffects)
            .Select(static one => new Warning(
                WarningCodes.NoKnownEffect,
                null,
                $"No published effect that the model could use changes {one.Model.Reference.Id}: the figure is the published rate for "
                + "everybody."));

    private static IEnumerable<Warning> RestsOnAssumptions(IReadOnlyList<Scored> scored)
    {
        string[] sentences =
        [
            .. scored.Select(static one => (one.Model.Reference.Id, Assumed: Assumed(one.Model.Card)))
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

    // Several rows of one card may say the same of one factor.
    private static IEnumerable<Warning> EffectsNotInScore(PatientProfile patient, IReadOnlyList<Scored> scored)
    {
        var context = new FeatureContext(patient);
        return scored
            .SelectMany(one => one.Model.Card.LeftOut.Where(effect => Applies(effect, one, context)), EffectNotInScore)
            .Distinct();
    }

    private static bool Applies(LeftOutEffect effect, Scored one, FeatureContext context)
    {
        if (effect.Feature is null)
            return false;
        var value = one.ValueOf(FeatureCatalogue.Get(effect.Feature), context);
        return !float.IsNaN(value) && !(value < (float?)effect.From) && !(value > (float?)effect.To);
    }

    private static Warning EffectNotInScore(Scored one, LeftOutEffect effect) => new(
        WarningCodes.EffectNotInScore,
        FeatureCatalogue.Get(effect.Feature!).Path,
        $"{effect.Description.TrimEnd('.')}. It is not in the score of {one.Model.Reference.Id}: {effect.Reason.TrimEnd('.')}.");
}
