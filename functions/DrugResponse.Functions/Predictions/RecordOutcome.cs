using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Patients;
using DrugResponse.Storage.Predictions;

namespace DrugResponse.Functions.Predictions;

/// <summary>How the recording of a prediction ended.</summary>
internal abstract record RecordOutcome
{
    private RecordOutcome()
    {
    }

    /// <summary>The prediction is stored.</summary>
    /// <param name="Prediction">What is stored.</param>
    /// <param name="Replayed">Whether it was stored before, by an earlier request with the same identity.</param>
    internal sealed record Stored(StoredPrediction Prediction, bool Replayed) : RecordOutcome
    {
        /// <summary>Its id.</summary>
        public string PredictionId => Prediction.Id.ToString();

        /// <summary>The stored answer, UTF-8.</summary>
        public ReadOnlyMemory<byte> Json => Prediction.Content;
    }

    /// <summary>The request is in order and will be scored under this id.</summary>
    /// <param name="Id">The id.</param>
    /// <param name="ClaimId">The claim of the idempotency key that the request came with.</param>
    internal sealed record Reserved(PredictionId Id, string? ClaimId) : RecordOutcome;

    /// <summary>Nothing was stored.</summary>
    /// <param name="Problem">Why.</param>
    internal sealed record Refused(ProblemResponse Problem) : RecordOutcome
    {
        /// <summary>Whom the request was about, where that had been found out.</summary>
        public PatientKey? PatientKey { get; init; }
    }
}
