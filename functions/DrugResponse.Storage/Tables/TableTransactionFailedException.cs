using Azure;

namespace DrugResponse.Storage.Tables;

/// <summary>
/// The service refused a transaction because of one of its rows. <see cref="RequestFailedException.Status"/> and
/// <see cref="RequestFailedException.ErrorCode"/> are those of that row.
/// </summary>
public sealed class TableTransactionFailedException : RequestFailedException
{
    internal TableTransactionFailedException(int status, string message, string? errorCode, int? failedTransactionActionIndex)
        : base(status, message, errorCode, innerException: null) => FailedTransactionActionIndex = failedTransactionActionIndex;

    /// <summary>
    /// Index of the refused row in the list that was submitted, or <see langword="null"/> if the service did not say. When the list was
    /// longer than one transaction holds, the transactions before the one with this row are committed and stay.
    /// </summary>
    public int? FailedTransactionActionIndex { get; }
}
