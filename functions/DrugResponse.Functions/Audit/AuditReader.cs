using DrugResponse.Storage;
using DrugResponse.Storage.Audit;

namespace DrugResponse.Functions.Audit;

/// <summary>Reads and verifies audit trails, with all that this process has taken so far. Thread-safe.</summary>
internal sealed class AuditReader(AuditTrail trail, AuditStore store, AuditVerifier verifier)
{
    /// <summary>Reads entries of a tenant's day.</summary>
    /// <param name="tenant">Whose audit trail.</param>
    /// <param name="day">The day.</param>
    /// <param name="after">Begins behind this row.</param>
    /// <param name="patientKey">Leaves out entries that are not about this patient.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<AuditRow>> ReadAsync(
        TenantName tenant, DateOnly day, AuditPosition? after, string? patientKey, int count, CancellationToken cancellationToken)
    {
        await trail.FlushAsync(cancellationToken);
        var rows = new List<AuditRow>();
        await foreach (var stored in store.ReadAsync(tenant, day, after, patientKey, cancellationToken))
        {
            if (stored.Row is { Kind: AuditRowKind.Entry } row)
                rows.Add(row);
            if (rows.Count == count)
                break;
        }

        return rows;
    }

    /// <summary>Verifies days of a tenant.</summary>
    /// <param name="tenant">Whose audit trail.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    public async Task<AuditReport> VerifyAsync(TenantName tenant, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await trail.FlushAsync(cancellationToken);
        return await verifier.VerifyAsync(tenant, from, to, cancellationToken);
    }
}
