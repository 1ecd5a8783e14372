using DrugResponse.Functions.Audit;
using DrugResponse.Storage.Predictions;

namespace DrugResponse.Functions.Predictions;

/// <summary>Says in the audit trail which prediction a request was about, and what it rests on.</summary>
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
}
