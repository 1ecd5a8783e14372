using System.Globalization;
using System.Text.Json;

namespace DrugResponse.Storage.Audit;

/// <summary>Goes through the rows of one chain in their order and notes what is wrong. Not thread-safe.</summary>
/// <param name="chain">The chain's text.</param>
/// <param name="anchored">Heads that the chain had by anchors.</param>
/// <param name="seal">Checks the hashes.</param>
/// <param name="faults">Receives every fault.</param>
internal sealed class ChainInspection(string chain, IReadOnlyList<AnchoredHead> anchored, AuditSeal seal, List<AuditFault> faults)
{
    private readonly ILookup<long, AnchoredHead> _bySequence = anchored.ToLookup(static head => head.Head.Count - 1);
    private AuditRow? _last;

    /// <summary>The chain's text.</summary>
    public string Chain => chain;

    /// <summary>Whether the last row is there.</summary>
    public bool IsClosed => _last?.Kind == AuditRowKind.Closed;

    /// <summary>How many rows there are.</summary>
    public long Rows { get; private set; }

    /// <summary>When the chain was opened; null when its first row does not say so.</summary>
    public DateTimeOffset? OpenedAt { get; private set; }

    /// <summary>The heads that the first row says to follow.</summary>
    public IReadOnlyList<AuditHead> Follows { get; private set; } = [];

    /// <summary>Takes the next row.</summary>
    public void Add(StoredAuditRow stored)
    {
        Rows++;
        if (stored.Row is not { } row)
        {
            Note(AuditFaultKinds.Inserted, null, null, $"The row with the key {stored.RowKey} is no row of a chain.");
            return;
        }

        var expected = _last is null ? 0 : _last.Sequence + 1;
        if (row.Sequence > expected)
            Note(AuditFaultKinds.Removed, expected, row.Sequence - 1, "Rows are missing.");
        if (_last?.Kind == AuditRowKind.Closed)
            Note(AuditFaultKinds.Inserted, row.Sequence, null, "The row stands behind the last one.");
        if (FindAlteration(row, expected) is { } alteration)
            Note(AuditFaultKinds.Altered, row.Sequence, null, alteration);
        else if (row.Kind == AuditRowKind.Opened)
            Open(row);
        _last = row;
    }

    /// <summary>Ends the inspection: there are no more rows.</summary>
    public void End()
    {
        var count = _last is null ? 0 : _last.Sequence + 1;
        if (anchored.Where(head => head.Head.Count > count).MaxBy(static head => head.Head.Count) is { } furthest)
            Note(AuditFaultKinds.Removed, count, furthest.Head.Count - 1, $"Rows are missing that were there by {furthest.Source}.");
    }

    private void Open(AuditRow row)
    {
        if (JsonSerializer.Deserialize(row.Content, AuditJson.Default.AuditOpening) is { } opening)
            (OpenedAt, Follows) = (opening.At, opening.Follows);
    }

    private string? FindAlteration(AuditRow row, long expected)
    {
        if (!seal.IsWhole(row))
            return "The row does not have the hash that it must have.";
        if (row.Sequence == expected && !row.Previous.AsSpan().SequenceEqual(_last?.Hash ?? new byte[AuditSeal.HashLength]))
            return "The row does not follow the one before it.";
        if ((row.Kind == AuditRowKind.Opened) != (row.Sequence == 0))
            return "The first row of a chain, and no other, opens it.";

        var hash = Convert.ToHexStringLower(row.Hash);
        return _bySequence[row.Sequence].FirstOrDefault(head => head.Head.Hash != hash) is { } other
            ? $"The row is another one than it was by {other.Source}."
            : null;
    }

    private void Note(string kind, long? row, long? lastRow, string message)
    {
        var last = lastRow == row ? null : lastRow;
        var place = row is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (row {row}{(last is null ? "" : $" to {last}")})");
        faults.Add(new AuditFault(kind, chain, row, last, message + place));
    }
}

/// <summary>A chain's head by an anchor.</summary>
/// <param name="Head">The head.</param>
/// <param name="Source">Which anchor it was.</param>
internal sealed record AnchoredHead(AuditHead Head, string Source);
