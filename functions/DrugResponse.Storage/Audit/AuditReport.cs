namespace DrugResponse.Storage.Audit;

/// <summary>What is wrong with an audit trail at one place.</summary>
/// <param name="Kind">One of <see cref="AuditFaultKinds"/>.</param>
/// <param name="Chain">The chain, or the anchor's blob.</param>
/// <param name="Row">The number of the row, or of the first of several; null when it is about a whole chain or an anchor.</param>
/// <param name="LastRow">The number of the last of several rows; null when it is about one.</param>
/// <param name="Message">In words.</param>
public sealed record AuditFault(string Kind, string Chain, long? Row, long? LastRow, string Message);

/// <summary>Kinds of faults.</summary>
public static class AuditFaultKinds
{
    /// <summary>A row is not what was written.</summary>
    public const string Altered = "altered";

    /// <summary>A row, the end of a chain, or a whole chain is gone.</summary>
    public const string Removed = "removed";

    /// <summary>A row is there that the service did not write.</summary>
    public const string Inserted = "inserted";

    /// <summary>An anchor is not what was written.</summary>
    public const string AnchorAltered = "anchor-altered";

    /// <summary>No anchor knows a chain that is old enough for one: the end of it could be missing.</summary>
    public const string NotAnchored = "not-anchored";
}

/// <summary>What came of verifying an audit trail.</summary>
/// <param name="Chains">How many chains there are.</param>
/// <param name="OpenChains">
/// How many of them have no last row: they are being written, or their writer was killed. Rows removed from the end of one since the last
/// anchor cannot be told from rows that were never written.
/// </param>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Anchors">How many anchors there are.</param>
/// <param name="Faults">Everything that is wrong.</param>
public sealed record AuditReport(int Chains, int OpenChains, long Rows, int Anchors, IReadOnlyList<AuditFault> Faults)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsIntact => Faults.Count == 0;
}
