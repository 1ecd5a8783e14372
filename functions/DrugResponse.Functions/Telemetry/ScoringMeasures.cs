using System.Diagnostics;
using System.Diagnostics.Metrics;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Prediction;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Patients;

namespace DrugResponse.Functions.Telemetry;

/// <summary>Counts scores by drug, endpoint and model version, and times the scoring of patients. Says nothing of the patient. Thread-safe.</summary>
internal static class ScoringMeasures
{
    /// <summary>Scores, by drug, endpoint and model version.</summary>
    public const string Scores = "drugresponse.scores";

    /// <summary>Time to score one patient with all drugs, reading and storing not included, in seconds.</summary>
    public const string Duration = "drugresponse.scoring.duration";

    private static readonly Counter<long> ScoreCount = ServiceTelemetry.Meter.CreateCounter<long>(Scores, "{score}");

    // From 10 us, which one additive model takes, to 0.1 s.
    private static readonly Histogram<double> ScoringTime = ServiceTelemetry.Meter.CreateHistogram(
        Duration,
        "s",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1],
        });

    /// <summary>Scores a patient, as <see cref="PatientPredictor.Predict"/> does, and takes the measures.</summary>
    public static PatientPrediction Predict(
        PatientReading reading, ModelSet models, string predictionId, string patientKey, DateTimeOffset createdAt)
    {
        var start = Stopwatch.GetTimestamp();
        var prediction = PatientPredictor.Predict(reading, models, predictionId, patientKey, createdAt);
        if (ScoringTime.Enabled)
            ScoringTime.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        if (ScoreCount.Enabled)
            Count(prediction.Response);
        return prediction;
    }

    // Only what a model scored is counted: its drug and endpoint are names of ours, never the caller's words.
    private static void Count(PredictionResponse response)
    {
        foreach (var drug in response.Drugs)
        {
            Count(drug.Drug, drug.Response);
            Count(drug.Drug, drug.Dose);
            foreach (var endpoint in drug.OtherResponses.Concat(drug.Adverse))
                Count(drug.Drug, endpoint);
        }
    }

    private static void Count(string drug, ScoredEndpoint? scored)
    {
        if (scored is not null)
        {
            ScoreCount.Add(
                1,
                new(MetricTags.Drug, drug),
                new(MetricTags.Endpoint, scored.Endpoint),
                new(MetricTags.ModelVersion, scored.Model.Version));
        }
    }
}
