using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Answers;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Prediction.Scoring;

/// <summary>Scores all endpoints of one drug for one patient.</summary>
internal static class DrugScorer
{
    public static ScoredDrug Score(Candidate candidate, PatientReading reading, ModelSet models)
    {
        var profile = reading.ProfileFor(candidate.Drug);
        var (scored, shadows) = ScoreAll(profile, candidate.Drug, models);
        var (guidance, guidanceWarnings) = GuidanceAnswer.Of(candidate.Drug, reading.Genotype, reading.GuidanceContext);
        var responses = scored.Where(one => one.Model.Card.Kind == EndpointKind.Response).ToList();
        var primary = responses.Find(one => one.Model.IsPrimary);
        var dose = scored.Find(one => one.Model.Card.Kind == EndpointKind.Dose);
        var answer = new DrugPrediction
        {
            Drug = candidate.Drug,
            Response = primary is null ? null : ToEndpoint(primary),
            OtherResponses = [.. responses.Where(one => one != primary).Select(ToEndpoint)],
            Adverse =
            [
                .. scored.Where(one => one.Model.Card.Kind == EndpointKind.Adverse).OrderByDescending(one => one.Model.IsPrimary).Select(ToEndpoint),
            ],
            Dose = dose is null ? null : ToDose(dose),
            Guidance = guidance,
            Warnings =
                [.. HistoryWarnings.Of(candidate.Drug, reading), .. DrugWarnings.Of(candidate, profile, scored), .. guidanceWarnings],
        };
        return new ScoredDrug(answer, scored, shadows);
    }

    private static (List<Scored> Scored, IReadOnlyList<ShadowScore> Shadows) ScoreAll(PatientProfile profile, string drug, ModelSet models)
    {
        var rawScores = new Dictionary<string, float>(StringComparer.Ordinal);
        var context = new FeatureContext(profile, rawScores);
        var scored = new List<Scored>();
        foreach (var model in models.ModelsOf(drug))
        {
            var result = model.Score(context);
            rawScores[model.Reference.Id] = result.RawScore;
            scored.Add(new Scored(model, result));
        }

        return (scored, [.. models.CandidatesOf(drug).Select(candidate => ShadowScorer.Score(candidate, context))]);
    }

    private static EndpointPrediction ToEndpoint(Scored scored) => new()
    {
        Endpoint = scored.Model.Card.Endpoint,
        Definition = scored.Model.Card.Predicts,
        Probability = scored.Result.Answer,
        Interval = scored.Result.Interval,
        Scale = scored.Result.Scale,
        Score = scored.Result.Score,
        Baseline = scored.Result.Baseline,
        Contributions = scored.Result.Contributions,
        Model = scored.Model.Reference,
    };

    private static DosePrediction ToDose(Scored scored) => new()
    {
        Endpoint = scored.Model.Card.Endpoint,
        Definition = scored.Model.Card.Predicts,
        Value = scored.Result.Answer,
        Unit = scored.Model.Card.Unit!,
        Interval = scored.Result.Interval,
        Scale = scored.Result.Scale,
        Score = scored.Result.Score,
        Baseline = scored.Result.Baseline,
        Contributions = scored.Result.Contributions,
        Model = scored.Model.Reference,
    };
}

/// <summary>The answer about a drug, the models that it was made of, and what candidates said.</summary>
internal sealed record ScoredDrug(DrugPrediction Answer, IReadOnlyList<Scored> Scored, IReadOnlyList<ShadowScore> Shadows);

/// <summary>A model with what it said.</summary>
internal sealed record Scored(ScoredModel Model, ModelResult Result)
{
    /// <summary>The value of a feature as the model had it; of one that it does not use, as the patient has it.</summary>
    public float ValueOf(Feature feature, FeatureContext context)
    {
        var at = Model.Features.IndexOf(feature);
        return at >= 0 ? Result.Values[at] : feature.Compute(context);
    }
}
