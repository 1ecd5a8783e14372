using System.Text.Json;

namespace DrugResponse.Storage.Audit;

/// <summary>A chain while it is being written: it has one writer, which knows its head. Not thread-safe.</summary>
/// <param name="id">The chain.</param>
/// <param name="seal">Makes the hashes.</param>
public sealed class AuditChain(AuditChainId id, AuditSeal seal)
{
    private byte[] _head = new byte[AuditSeal.HashLength];
    private long _count;

    /// <summary>The chain.</summary>
    public AuditChainId Id => id;

    /// <summary>How far it goes.</summary>
    public AuditHead Head => new(id.ToString(), _count, Convert.ToHexStringLower(_head));

    /// <summary>Makes the first row.</summary>
    /// <param name="opening">What it holds.</param>
    public AuditRow Open(AuditOpening opening) =>
        Append(AuditRowKind.Opened, JsonSerializer.SerializeToUtf8Bytes(opening, AuditJson.Default.AuditOpening));

    /// <summary>Makes the row of an entry.</summary>
    /// <param name="entry">The entry.</param>
    public AuditRow Add(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Append(AuditRowKind.Entry, entry.ToJson(), entry.PatientKey ?? "");
    }

    /// <summary>Makes the last row.</summary>
    /// <param name="closing">What it holds.</param>
    public AuditRow Close(AuditClosing closing) =>
        Append(AuditRowKind.Closed, JsonSerializer.SerializeToUtf8Bytes(closing, AuditJson.Default.AuditClosing));

    private AuditRow Append(AuditRowKind kind, byte[] content, string patientKey = "")
    {
        var row = seal.Seal(new AuditRow(id, _count, kind, patientKey, content, _head, [], seal.CurrentVersion));
        _head = row.Hash;
        _count++;
        return row;
    }
}
