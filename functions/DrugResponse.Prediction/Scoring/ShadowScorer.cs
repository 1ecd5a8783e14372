using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;

namespace DrugResponse.Prediction.Scoring;

/// <summary>Scores candidates beside the active models, whose scores they are given where they ask for them.</summary>
internal static class ShadowScorer
{
    /// <summary>Scores a candidate. Whatever happens in it, the answer of the active model is not touched.</summary>
    public static ShadowScore Score(ScoredModel candidate, FeatureContext context)
    {
        var (id, version, sha256, _) = candidate.Reference;
        var score = new ShadowScore { Id = id, Version = version, Sha256 = sha256 };
        try
        {
            var result = candidate.Score(context);
            if (!double.IsFinite(result.Answer) || !double.IsFinite(result.Interval.Low) || !double.IsFinite(result.Interval.High))
                return score with { Failure = "NotANumber" };
            var isDose = candidate.Card.Kind == EndpointKind.Dose;
            return score with
            {
                Probability = isDose ? null : result.Answer,
                Value = isDose ? result.Answer : null,
                Low = result.Interval.Low,
                High = result.Interval.High,
            };
        }
        catch (Exception exception)
        {
            // Only its type: a message may quote the patient's values.
            return score with { Failure = exception.GetType().Name };
        }
    }
}
