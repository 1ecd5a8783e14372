using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Prediction.Scoring;

/// <summary>What the evidence behind a drug's scores does not hold.</summary>
internal static class EvidenceWarnings
{
    public static IEnumerable<Warning> Of(PatientProfile patient, IReadOnlyList<Scored> scored) =>
        [.. NoKnownEffects(scored), .. EffectsNotInScore(patient, scored)];

    private static IEnumerable<Warning> NoKnownEffects(IReadOnlyList<Scored> scored) =>
        scored
            .Where(static one => one.Model.Card.HasNoKnownEffects)
            .Select(static one => new Warning(
                WarningCodes.NoKnownEffect,
                null,
                $"No published effect that the model could use changes {one.Model.Reference.Id}: the figure is the published rate for "
                + "everybody."));

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
