namespace DrugResponse.Contracts.Batches;

/// <summary>Values of <see cref="BatchStatus.State"/>. They never change; new ones may come.</summary>
public static class BatchStates
{
    /// <summary>The input is safe; its rows are being handed out.</summary>
    public const string Accepted = "accepted";

    /// <summary>Rows are being scored.</summary>
    public const string Running = "running";

    /// <summary>Final: every row was scored.</summary>
    public const string Completed = "completed";

    /// <summary>Final: every row has a result or an error, at least one an error.</summary>
    public const string CompletedWithErrors = "completed-with-errors";

    /// <summary>Final: cancelled. Rows that were done by then keep their results.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Final: the batch could not be carried out; <see cref="BatchStatus.Problem"/> says why.</summary>
    public const string Failed = "failed";

    /// <summary>Whether a state is never left again.</summary>
    /// <param name="state">The state.</param>
    public static bool IsFinal(string state) => state is Completed or CompletedWithErrors or Cancelled or Failed;
}
