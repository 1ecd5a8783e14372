using DrugResponse.Functions.Problems;

namespace DrugResponse.Functions.Predictions;

/// <summary>How the recording of a prediction ended.</summary>
internal abstract record RecordOutcome
{
    private RecordOutcome()
    {
    }

    /// <summary>The prediction is stored.</summary>
    /// <param name="PredictionId">Its id.</param>
    /// <param name="Json">The stored answer, UTF-8.</param>
    /// <param name="Replayed">Whether it was stored before, by an earlier request with the same identity.</param>
    internal sealed record Stored(string PredictionId, ReadOnlyMemory<byte> Json, bool Replayed) : RecordOutcome;

    /// <summary>Nothing was stored.</summary>
    /// <param name="Problem">Why.</param>
    internal sealed record Refused(ProblemResponse Problem) : RecordOutcome;
}
