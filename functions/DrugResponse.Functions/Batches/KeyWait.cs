using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Protection;

namespace DrugResponse.Functions.Batches;

/// <summary>
/// Says whether what this process cannot decrypt is left to one that has the master key: settings reach instances one after the other,
/// and nothing is given up for that. Thread-safe.
/// </summary>
internal sealed class KeyWait(TimeProvider clock)
{
    /// <summary>Longer than settings take to reach all instances. A key that nobody has by then is taken for lost.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Whether another process may have the key of a batch that is unreadable here.</summary>
    public bool IsWorthwhile(BatchRecord batch) => batch.IsKeyMissing && IsRecent(batch);

    /// <summary>Whether something of a batch could not be read for want of a key that another process may have.</summary>
    public bool IsWorthwhile(BatchRecord batch, Exception failure) => MasterKeyMissingException.IsCauseOf(failure) && IsRecent(batch);

    private bool IsRecent(BatchRecord batch) => clock.GetUtcNow() - batch.CreatedAt < Longest;
}
