using DrugResponse.Storage;
using DrugResponse.Storage.Audit;

namespace DrugResponse.Functions.Audit;

/// <summary>
/// Accounts for what a command does, in a chain of its own: the process of a command writes nothing in the background. Not thread-safe.
/// </summary>
internal sealed class CommandAudit(AuditWriter writer, TimeProvider clock)
{
    /// <summary>The command is about to do it.</summary>
    public const string Begun = "begun";

    /// <summary>The command has done it.</summary>
    public const string Done = "done";

    /// <summary>There was nothing to do it to.</summary>
    public const string Refused = "refused";

    /// <summary>The command broke off; how much of it was done is not known.</summary>
    public const string Failed = "failed";

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
        if (outcome != Begun)
            await writer.CloseAsync(cancellationToken);
    }
}
