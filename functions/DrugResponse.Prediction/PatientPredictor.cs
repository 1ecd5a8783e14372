using DrugResponse.Contracts.Predictions;
using DrugResponse.Pharmacogenomics.Guidance;
using DrugResponse.Pharmacogenomics.Medications;
using DrugResponse.Prediction.Answers;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Patients;
using DrugResponse.Prediction.Scoring;

namespace DrugResponse.Prediction;

/// <summary>What came of scoring a patient.</summary>
/// <param name="Response">The answer.</param>
/// <param name="Shadows">What candidates said beside it; to be stored, and not part of any answer.</param>
public sealed record PatientPrediction(PredictionResponse Response, IReadOnlyList<ShadowScore> Shadows);

/// <summary>
/// Makes the answer for one patient: phenotypes, scores of every drug, rankings, guidance and warnings. Pure and thread-safe.
/// </summary>
public static class PatientPredictor
{
    /// <summary>Scores a patient.</summary>
    /// <param name="reading">The patient as understood.</param>
    /// <param name="models">The models in use.</param>
    /// <param name="predictionId">Id to answer under.</param>
    /// <param name="patientKey">Pseudonym to answer under.</param>
    /// <param name="createdAt">Time to answer under.</param>
    public static PatientPrediction Predict(
        PatientReading reading, ModelSet models, string predictionId, string patientKey, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(models);
        var candidates = reading.Candidates ?? ActiveDrugs(reading, models);
        IReadOnlyList<ScoredDrug> drugs = [.. candidates.Select(candidate => DrugScorer.Score(candidate, reading, models))];
        var response = new PredictionResponse
        {
            PredictionId = predictionId,
            PatientKey = patientKey,
            CreatedAt = createdAt,
            KnowledgeVersion = reading.Genotype.Genetic.KnowledgeVersion,
            Phenotypes = [.. reading.Genotype.Genes.Select(PhenotypeAnswer.Of)],
            Drugs = [.. drugs.Select(static drug => drug.Answer)],
            Rankings = DrugRankings.Of(drugs),
            Warnings = candidates.Count > 0 ? reading.Warnings : [.. reading.Warnings, NothingToScore()],
        };
        return new PatientPrediction(response, [.. drugs.SelectMany(static drug => drug.Shadows)]);
    }

    private static IReadOnlyList<Candidate> ActiveDrugs(PatientReading reading, ModelSet models) =>
    [
        .. (reading.ActiveMedications ?? [])
            .Where(medication => models.ModelsOf(medication.Drug).Length > 0 || HasGuidance(medication.Drug))
            .DistinctBy(medication => medication.Drug, StringComparer.Ordinal)
            .Select(medication => new Candidate(medication.Drug, medication.Path)),
    ];

    // The drug list of the guidelines names a few classes, of which nobody knows which member is taken.
    private static bool HasGuidance(string drug) =>
        DrugCatalogue.Default.Find(drug) is { HasGuidance: true } && SubstanceCatalogue.Default.FindByName(drug) is { IsClass: false };

    private static Warning NothingToScore() => new(
        WarningCodes.NothingToScore,
        null,
        "No known candidate was named, and no active medication has a model or a guideline: nothing is said of any drug.");
}
