namespace DrugResponse.Storage.Queues;

/// <summary>The queue of single patients to be scored, read by the function <c>ScoreQueuedPatient</c>.</summary>
public static class PredictionRequests
{
    /// <summary>The queue's name; the function's <c>function.json</c> repeats it.</summary>
    public const string QueueName = "prediction-requests";
}
