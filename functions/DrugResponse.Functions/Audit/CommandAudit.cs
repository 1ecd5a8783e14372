using DrugResponse.Contracts.Audit;
using DrugResponse.Functions.Hosting.Commands;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;

namespace DrugResponse.Functions.Audit;

/// <summary>
/// Accounts for what a command does, in a chain of its own: the process of a command writes nothing in the background. Not thread-safe.
/// </summary>
internal sealed class CommandAudit(AuditWriter writer, TimeProvider clock)
{
    /// <summary>
    /// Does something once the trail says that it is begun; and however it ends, the trail says that it did: <c>done</c>,
    /// <c>refused</c> after a <see cref="CommandException"/>, else <c>failed</c>.
    /// </summary>
    /// <param name="tenant">Whose audit trail.</param>
    /// <param name="action">What the command does, by the name of the function that does the same.</param>
    /// <param name="resource">What it is done to; null where that is not known yet.</param>
    /// <param name="counts">What was counted before, by kind; null for nothing.</param>
    /// <param name="actAsync">Does it, and says what was done.</param>
    /// <param name="cancellationToken">Cancels the call; an entry may be written all the same.</param>
    /// <returns>What was done.</returns>
    public async Task<CommandDeed> AccountAsync(
        TenantName tenant,
        string action,
        string? resource,
        IReadOnlyDictionary<string, long>? counts,
        Func<Task<CommandDeed>> actAsync,
        CancellationToken cancellationToken)
    {
        await RecordAsync(tenant, action, AuditOutcomes.Begun, resource, counts, cancellationToken);
        CommandDeed deed;
        try
        {
            deed = await actAsync();
        }
        catch (Exception exception)
        {
            var outcome = exception is CommandException ? AuditOutcomes.Refused : AuditOutcomes.Failed;
            await RecordAsync(tenant, action, outcome, resource, counts, CancellationToken.None);
            throw;
        }

        await RecordAsync(tenant, action, AuditOutcomes.Done, deed.Resource, deed.Counts, cancellationToken);
        return deed;
    }

    /// <summary>Writes an entry, and waits until it is written.</summary>
    /// <param name="tenant">Whose audit trail.</param>
    /// <param name="action">What the command does, by the name of the function that does the same.</param>
    /// <param name="outcome">How far it is.</param>
    /// <param name="resource">What it is done to; null where that is not known yet.</param>
    /// <param name="cancellationToken">Cancels the call; the entry may be written all the same.</param>
    public Task RecordAsync(TenantName tenant, string action, string outcome, string? resource, CancellationToken cancellationToken) =>
        RecordAsync(tenant, action, outcome, resource, counts: null, cancellationToken);

    /// <summary>Writes an entry with what was counted, and waits until it is written.</summary>
    /// <param name="tenant">Whose audit trail.</param>
    /// <param name="action">What the command does, by the name of the function that does the same.</param>
    /// <param name="outcome">How far it is.</param>
    /// <param name="resource">What it is done to; null where that is not known yet.</param>
    /// <param name="counts">What was counted, by kind; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the call; the entry may be written all the same.</param>
    public async Task RecordAsync(
        TenantName tenant,
        string action,
        string outcome,
        string? resource,
        IReadOnlyDictionary<string, long>? counts,
        CancellationToken cancellationToken)
    {
        writer.Add(
            tenant,
            [
                new AuditEntry
                {
                    At = clock.GetUtcNow(),
                    Who = $"command:{Environment.UserName}",
                    Action = action,
                    Outcome = outcome,
                    Resource = resource,
                    Counts = counts,
                },
            ]);
        await writer.WriteAsync(cancellationToken);
        if (outcome != AuditOutcomes.Begun)
            await writer.CloseAsync(cancellationToken);
    }
}

/// <summary>What a command has done.</summary>
/// <param name="Resource">To what.</param>
/// <param name="Counts">How much, by kind; null where nothing was counted.</param>
internal sealed record CommandDeed(string? Resource, IReadOnlyDictionary<string, long>? Counts = null);
