namespace DrugResponse.Contracts.Predictions;

/// <summary>
/// Answer of <c>POST v1/predictions</c> with <c>Prefer: respond-async</c>: the request is kept, encrypted, and will be scored. Until then
/// there is no prediction of this id.
/// </summary>
/// <param name="PredictionId">The id that the prediction will have.</param>
/// <param name="PatientKey">The patient's key.</param>
public sealed record QueuedPrediction(string PredictionId, string PatientKey);
