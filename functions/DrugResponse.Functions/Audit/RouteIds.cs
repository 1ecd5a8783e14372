using DrugResponse.Storage.Access;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;

namespace DrugResponse.Functions.Audit;

/// <summary>
/// Notes the ids in a request's path, and only those that are ids of ours: somebody may have typed a patient's raw id there.
/// </summary>
internal static class RouteIds
{
    /// <summary>Notes whom or what a request is about, as far as its path tells.</summary>
    /// <param name="context">The request, after routing.</param>
    public static void Note(HttpContext context)
    {
        var values = context.Request.RouteValues;
        var note = AuditNote.Of(context);
        if (values["patientKey"] is string patientKey && PatientKey.TryParse(patientKey, out _))
            note.PatientKey = patientKey;
        if (values["keyId"] is string keyId && ApiKeyId.TryParse(keyId, out _))
            note.Resource = keyId;
        if (values["batchId"] is string batchId && BatchId.TryParse(batchId, out _))
            note.Resource = batchId;
        if (values["predictionId"] is string rowId && BatchRowId.TryParse(rowId, out _))
            note.Resource = rowId;
        if (values["predictionId"] is string predictionId && PredictionId.TryParse(predictionId, out var id))
        {
            note.Resource = predictionId;
            note.PatientKey = id.PatientKey.ToString();
        }
    }
}
