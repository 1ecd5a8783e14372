using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client.Cli;

/// <summary>What the process ends with, for scripts.</summary>
internal static class ExitCodes
{
    /// <summary>All went well; of a batch: every row was scored.</summary>
    public const int Success = 0;

    /// <summary>The command line or a file cannot be used.</summary>
    public const int Unusable = 1;

    /// <summary>The batch is completed, and some rows have errors.</summary>
    public const int CompletedWithErrors = 2;

    /// <summary>The batch was cancelled.</summary>
    public const int Cancelled = 3;

    /// <summary>The batch failed.</summary>
    public const int Failed = 4;

    /// <summary>The service refused what was asked.</summary>
    public const int Refused = 5;

    /// <summary>The service did not answer for as long as was to be waited.</summary>
    public const int Unreachable = 6;

    /// <summary>Interrupted by the user.</summary>
    public const int Interrupted = 130;

    /// <summary>The code for the final state of a batch.</summary>
    public static int Of(BatchStatus status) => status.State switch
    {
        BatchStates.Completed => Success,
        BatchStates.CompletedWithErrors => CompletedWithErrors,
        BatchStates.Cancelled => Cancelled,
        _ => Failed,
    };
}
