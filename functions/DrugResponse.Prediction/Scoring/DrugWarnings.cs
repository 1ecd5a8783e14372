using System.Collections.Immutable;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction.Features;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Prediction.Scoring;

/// <summary>
/// What the reader of a drug's scores must know: what they rest on, what was missing, and where the patient lies outside the training
/// data. Immutable and thread-safe.
/// </summary>
/// <param name="models">The drug's models.</param>
internal sealed class DrugWarnings(ImmutableArray<ScoredModel> models)
{
    private readonly EvidenceWarnings _evidence = new(models);
    private readonly MissingInputWarnings _missing = new(models);
    private readonly TrainingRangeWarnings _ranges = new(models);

    /// <summary>Adds the warnings about the scores of one patient.</summary>
    /// <param name="warnings">Takes them.</param>
    /// <param name="candidate">The drug.</param>
    /// <param name="patient">The patient.</param>
    /// <param name="scored">What each of the models said, in their order.</param>
    public void AddTo(List<Warning> warnings, Candidate candidate, PatientProfile patient, Scored[] scored)
    {
        if (scored.Length == 0)
        {
            warnings.Add(new Warning(
                WarningCodes.NoModel, candidate.Path, $"No model is loaded for {candidate.Drug}: nothing was scored."));
            return;
        }

        var context = new FeatureContext(patient);
        _evidence.AddTo(warnings, context, scored);
        _missing.AddTo(warnings, patient, scored);
        _ranges.AddTo(warnings, context, scored);
    }
}
