using System.Collections.Immutable;
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
        var drug = models.Of(candidate.Drug);
        var (scored, shadows) = ScoreAll(profile, drug, models.CandidatesOf(candidate.Drug));
        var (guidance, guidanceWarnings) = GuidanceAnswer.Of(candidate.Drug, reading.Genotype, reading.GuidanceContext);
        var warnings = new List<Warning>();
        HistoryWarnings.AddTo(warnings, candidate.Drug, reading);
        drug.Warnings.AddTo(warnings, candidate, profile, scored);
        warnings.AddRange(guidanceWarnings);
        var answer = new DrugPrediction
        {
            Drug = candidate.Drug,
            Response = drug.PrimaryResponse < 0 ? null : ToEndpoint(scored[drug.PrimaryResponse]),
            OtherResponses = ToEndpoints(scored, drug.OtherResponses),
            Adverse = ToEndpoints(scored, drug.Adverse),
            Dose = drug.Dose < 0 ? null : ToDose(scored[drug.Dose]),
            Guidance = guidance,
            Warnings = warnings,
        };
        return new ScoredDrug(answer, scored, shadows);
    }

    private static (Scored[] Scored, IReadOnlyList<ShadowScore> Shadows) ScoreAll(
        PatientProfile profile, DrugModels drug, ImmutableArray<ScoredModel> candidates)
    {
        var rawScores = drug.HasChains || candidates.Length > 0 ? new Dictionary<string, float>(StringComparer.Ordinal) : null;
        var context = new FeatureContext(profile, rawScores);
        var scored = new Scored[drug.Models.Length];
        for (var place = 0; place < scored.Length; place++)
        {
            var model = drug.Models[place];
            var result = model.Score(context);
            if (rawScores is not null)
                rawScores[model.Reference.Id] = result.RawScore;
            scored[place] = new Scored(model, result);
        }

        return (scored, candidates.Length == 0 ? [] : [.. candidates.Select(candidate => ShadowScorer.Score(candidate, context))]);
    }

    private static EndpointPrediction[] ToEndpoints(Scored[] scored, ImmutableArray<int> places)
    {
        var endpoints = places.Length == 0 ? [] : new EndpointPrediction[places.Length];
        for (var i = 0; i < endpoints.Length; i++)
            endpoints[i] = ToEndpoint(scored[places[i]]);
        return endpoints;
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
internal sealed record Scored(ScoredModel Model, ModelResult Result);
