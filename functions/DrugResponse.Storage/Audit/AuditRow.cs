namespace DrugResponse.Storage.Audit;

/// <summary>What a row of a chain is.</summary>
public enum AuditRowKind
{
    /// <summary>The first: it holds the heads of other chains, so that these cannot vanish unnoticed.</summary>
    Opened = 0,

    /// <summary>An <see cref="AuditEntry"/>.</summary>
    Entry = 1,

    /// <summary>The last, written when the day is over or the process ends in good order. A process that is killed writes none.</summary>
    Closed = 2,
}

/// <summary>One row of a chain.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Sequence">Its number in the chain, from 0.</param>
/// <param name="Kind">What it is.</param>
/// <param name="PatientKey">Whom it is about, so that a patient's rows can be found; empty when about nobody.</param>
/// <param name="Content">UTF-8 JSON.</param>
/// <param name="Previous">The hash of the row before; 32 zero bytes in the first row.</param>
/// <param name="Hash">The row's own hash, see <see cref="AuditSeal"/>.</param>
/// <param name="KeyVersion">The version of the master key behind the hash.</param>
public sealed record AuditRow(
    AuditChainId Chain, long Sequence, AuditRowKind Kind, string PatientKey, byte[] Content, byte[] Previous, byte[] Hash, int KeyVersion);

/// <summary>How far a chain goes, and the hash of its last row.</summary>
/// <param name="Chain">The chain, see <see cref="AuditChainId.ToString"/>.</param>
/// <param name="Count">How many rows it has.</param>
/// <param name="Hash">The hash of the last of them, hexadecimal.</param>
public sealed record AuditHead(string Chain, long Count, string Hash);

/// <summary>The content of a chain's first row.</summary>
/// <param name="At">When it was opened.</param>
/// <param name="Follows">The heads of the tenant's other chains of that day and the day before, as they were then.</param>
public sealed record AuditOpening(DateTimeOffset At, IReadOnlyList<AuditHead> Follows);

/// <summary>The content of a chain's last row.</summary>
/// <param name="At">When it was closed.</param>
public sealed record AuditClosing(DateTimeOffset At);
