using Azure;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.QueueFailures;

/// <summary>
/// Keeps why queue messages failed, where their senders and operators can look it up: a message itself ends in a poison queue without a
/// reason. Thread-safe.
/// </summary>
/// <param name="tables">The table service.</param>
public sealed class QueueFailureStore(TableServiceClient tables)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "queuefailures";

    /// <summary>Most faults that are kept of a message.</summary>
    public const int MaxFaults = 200;

    /// <summary>Most failures in a page.</summary>
    public const int MaxPageSize = 1000;

    private const string FunctionProperty = "Function";
    private const string QueueProperty = "Queue";
    private const string MessageIdProperty = "MessageId";
    private const string FirstFailedAtProperty = "FirstFailedAt";
    private const string LastFailedAtProperty = "LastFailedAt";
    private const string AttemptsProperty = "Attempts";
    private const string ProblemTypeProperty = "ProblemType";
    private const string FaultsProperty = "Faults";
    private const string FaultCountProperty = "FaultCount";

    private readonly TableClient _table = tables.GetTableClient(TableName);

    /// <summary>Notes a failed attempt. For a message that failed before, attempts, time and faults become those of this attempt.</summary>
    /// <param name="tenant">Whose message.</param>
    /// <param name="attempt">What failed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">Function or message id has other characters than allowed.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task RecordAsync(TenantName tenant, QueueFailedAttempt attempt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var row = new TableEntity(tenant.ToString(), RowKeyOf(attempt.Function, attempt.MessageId))
        {
            [FunctionProperty] = attempt.Function,
            [QueueProperty] = attempt.Queue,
            [MessageIdProperty] = attempt.MessageId,
            [FirstFailedAtProperty] = attempt.FailedAt,
            [LastFailedAtProperty] = attempt.FailedAt,
            [AttemptsProperty] = attempt.DequeueCount,
            [ProblemTypeProperty] = attempt.ProblemType,
            [FaultsProperty] = QueueFaultsJson.Write(attempt.Faults, MaxFaults, TableEntityWriter.MaxBinaryLength),
            [FaultCountProperty] = attempt.Faults.Count,
        };
        try
        {
            await _table.AddEntityAsync(row, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // A merge leaves what is not sent: the time of the first failure.
            row.Remove(FirstFailedAtProperty);
            await _table.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what is known about a message.</summary>
    /// <param name="tenant">Whose message; that of another tenant is not found.</param>
    /// <param name="function">The function that read it.</param>
    /// <param name="messageId">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The failure, or <see langword="null"/> if there is none.</returns>
    /// <exception cref="ArgumentException">Function or message id has other characters than allowed.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<QueueFailure?> GetAsync(
        TenantName tenant, string function, string messageId, CancellationToken cancellationToken = default)
    {
        var row = await _table
            .GetEntityIfExistsAsync<TableEntity>(tenant.ToString(), RowKeyOf(function, messageId), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>Reads a tenant's failures, ordered by function and message id.</summary>
    /// <param name="tenant">Whose failures.</param>
    /// <param name="pageSize">How many at most, 1 to <see cref="MaxPageSize"/>.</param>
    /// <param name="continuation">Where the page before said that the list goes on.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The page size is out of range.</exception>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<QueueFailurePage> ListAsync(
        TenantName tenant, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MaxPageSize);
        var partition = tenant.ToString();
        var filter = continuation is null
            ? TableClient.CreateQueryFilter($"PartitionKey eq {partition}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {continuation}");
        var failures = new List<QueueFailure>();
        string? last = null;
        await foreach (var row in _table
            .QueryAsync<TableEntity>(filter, Math.Min(pageSize + 1, MaxPageSize), cancellationToken: cancellationToken)
            .ConfigureAwait(false))
        {
            if (failures.Count == pageSize)
                return new QueueFailurePage(failures, last);

            failures.Add(Read(row));
            last = row.RowKey;
        }

        return new QueueFailurePage(failures, Continuation: null);
    }

    /// <summary>Removes the failures of all tenants that were last seen before an instant. Reads the whole table.</summary>
    /// <param name="before">The instant.</param>
    /// <param name="removed">Takes whose they were and how many, as soon as they are gone.</param>
    /// <param name="cancellationToken">Cancels the calls; what was removed by then is gone.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public Task DeleteOlderAsync(DateTimeOffset before, RemovalCount removed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(removed);
        return _table.DeleteWhereAsync(TableClient.CreateQueryFilter($"LastFailedAt lt {before}"), removed.AddPartition, cancellationToken);
    }

    // Orders by function, then by message id. Neither holds a tilde.
    private static string RowKeyOf(string function, string messageId)
    {
        Check(function, nameof(function));
        Check(messageId, nameof(messageId));
        return $"{function}~{messageId}";

        static void Check(string text, string name)
        {
            ArgumentNullException.ThrowIfNull(text, name);
            if (text.Length is 0 or > 128 || !text.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
                throw new ArgumentException("Function and message id have 1 to 128 ASCII letters, digits and hyphens.", name);
        }
    }

    private static QueueFailure Read(TableEntity row) => new(
        Require(row.GetString(FunctionProperty), FunctionProperty),
        Require(row.GetString(QueueProperty), QueueProperty),
        Require(row.GetString(MessageIdProperty), MessageIdProperty),
        Require(row.GetDateTimeOffset(FirstFailedAtProperty), FirstFailedAtProperty)!.Value,
        Require(row.GetDateTimeOffset(LastFailedAtProperty), LastFailedAtProperty)!.Value,
        Require(row.GetInt32(AttemptsProperty), AttemptsProperty)!.Value,
        Require(row.GetString(ProblemTypeProperty), ProblemTypeProperty),
        QueueFaultsJson.Read(Require(row.GetBinary(FaultsProperty), FaultsProperty)),
        Require(row.GetInt32(FaultCountProperty), FaultCountProperty)!.Value);

    private static T Require<T>(T? value, string property) =>
        value ?? throw new InvalidDataException($"A row of the table {TableName} lacks {property}.");
}
