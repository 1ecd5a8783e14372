using System.Globalization;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Functions.Audit;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Predictions;

namespace DrugResponse.Functions.Predictions;

/// <summary>Says in the audit trail which prediction something was about, and what it rests on.</summary>
internal static class PredictionNotes
{
    /// <summary>Notes a prediction.</summary>
    /// <param name="note">The note of the request.</param>
    /// <param name="prediction">The prediction.</param>
    public static void IsAbout(this AuditNote note, StoredPrediction prediction)
    {
        note.PatientKey = prediction.Id.PatientKey.ToString();
        note.Resource = prediction.Id.ToString();
        note.RequestHash = prediction.RequestHash;
        note.Models = prediction.ModelVersions;
        note.Knowledge = prediction.KnowledgeVersion;
        note.Purpose = prediction.Purpose;
    }

    /// <summary>Notes what the prediction of a batch's row rests on.</summary>
    /// <param name="note">The note of the request.</param>
    /// <param name="prediction">The prediction.</param>
    public static void IsAbout(this AuditNote note, PredictionResponse prediction)
    {
        var used = new ModelsUsed();
        used.Add(prediction);
        (note.Knowledge, note.Models) = (used.KnowledgeVersion, used.Versions);
    }

    /// <summary>Notes what came of a request.</summary>
    /// <param name="note">The note of the request.</param>
    /// <param name="outcome">What came of it.</param>
    public static void IsAbout(this AuditNote note, RecordOutcome outcome)
    {
        if (outcome is RecordOutcome.Stored stored)
            note.IsAbout(stored.Prediction);
        if (outcome is RecordOutcome.Refused refused)
            note.PatientKey = refused.PatientKey?.ToString();
        if (outcome is RecordOutcome.Reserved reserved)
            (note.PatientKey, note.Resource) = (reserved.Id.PatientKey.ToString(), reserved.Id.ToString());
    }

    /// <summary>The audit entry of a message from a queue.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="function">The function that handled it.</param>
    /// <param name="at">When.</param>
    /// <param name="invocationId">The host's id of the invocation.</param>
    public static AuditEntry ToQueueEntry(this RecordOutcome outcome, string function, DateTimeOffset at, string? invocationId)
    {
        var note = new AuditNote();
        note.IsAbout(outcome);
        var status = (outcome as RecordOutcome.Refused)?.Problem.Problem.Status ?? StatusCodes.Status201Created;
        return new AuditEntry
        {
            At = at,
            Who = "queue",
            Action = function,
            Outcome = status.ToString(CultureInfo.InvariantCulture),
            PatientKey = note.PatientKey,
            Resource = note.Resource,
            RequestHash = note.RequestHash,
            Models = note.Models,
            Knowledge = note.Knowledge,
            Purpose = note.Purpose,
            TraceId = invocationId,
        };
    }
}
