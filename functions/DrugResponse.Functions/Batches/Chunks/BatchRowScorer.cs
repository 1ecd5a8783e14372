using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Telemetry;
using DrugResponse.Prediction.Models;
using DrugResponse.Prediction.Patients;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Chunks;

/// <summary>
/// Scores one row of a batch, as of the instant at which the batch was submitted: whenever and however often it is done, the same models
/// give the same answer. Thread-safe.
/// </summary>
internal sealed partial class BatchRowScorer(PatientReader reader, ILogger<BatchRowScorer> logger)
{
    /// <summary>What is said about a row on which the service itself fails.</summary>
    public const string ServiceFault = "The service failed on this row, and would fail again. Nothing else of the batch is affected.";

    /// <summary>Scores a row.</summary>
    /// <param name="batch">Its batch.</param>
    /// <param name="id">Its id, under which its prediction is answered.</param>
    /// <param name="row">The row.</param>
    /// <param name="models">The models in use.</param>
    /// <returns>The prediction, or all faults of the row.</returns>
    public ScoredRow Score(BatchRecord batch, BatchRowId id, ChunkRow row, ModelSet models)
    {
        var faults = new FaultList();
        row.AddErrorsTo(faults);
        try
        {
            return row.HasBody ? Score(batch, id, row, models, faults) : new ScoredRow(null, null, faults);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Scoring is pure: what throws once throws again. The stack says where; the message may quote the row.
            LogServiceFault(logger, id, exception.GetType().Name, exception.StackTrace);
            faults.Add("", ServiceFault);
            return new ScoredRow(null, null, faults);
        }
    }

    private ScoredRow Score(BatchRecord batch, BatchRowId id, ChunkRow row, ModelSet models, FaultList faults)
    {
        var request = PredictionRequestReader.Read(row.Body, faults);
        var reading = request is null ? null : reader.Read(request, DateOnly.FromDateTime(batch.CreatedAt.UtcDateTime), faults);
        return reading is null || !faults.IsEmpty
            ? new ScoredRow(null, null, faults)
            : new ScoredRow(
                request!.Patient,
                ScoringMeasures.Predict(reading, models, id.ToString(), patientKey: "", batch.CreatedAt).Response with { PatientKey = null },
                faults);
    }

    [LoggerMessage(LogLevel.Error, "Row {Row} could not be scored: {Fault}. {Stack}")]
    private static partial void LogServiceFault(ILogger logger, BatchRowId row, string fault, string? stack);
}

/// <summary>A row after scoring.</summary>
/// <param name="Patient">Whom it is about, as far as was given.</param>
/// <param name="Prediction">The answer, or null.</param>
/// <param name="Faults">Why there is no answer.</param>
internal sealed record ScoredRow(Patient? Patient, PredictionResponse? Prediction, FaultList Faults)
{
    /// <summary>The row of a patient who objects to being scored.</summary>
    public static ScoredRow Objected()
    {
        var faults = new FaultList();
        faults.Add("/patient/id", "The patient objects to being scored.");
        return new ScoredRow(null, null, faults);
    }
}
