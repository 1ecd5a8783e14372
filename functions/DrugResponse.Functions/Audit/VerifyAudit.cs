using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Audit;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Http;
using DrugResponse.Storage.Audit;

namespace DrugResponse.Functions.Audit;

/// <summary>
/// <c>GET v1/audit/verify</c>: whether the audit trail of the days from <c>?from=</c> to <c>?to=</c> is as it was written, and where it is
/// not.
/// </summary>
internal static class VerifyAudit
{
    private const int MostFaults = 1000;

    public static async Task<IResult> HandleAsync(
        string? from, string? to, Caller caller, AuditReader reader, TimeProvider clock, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (!AuditDays.TryReadRange(from, to, today, out var days, out var problem))
            return problem;

        var report = await reader.VerifyAsync(caller.Tenant, days.From, days.To, cancellationToken);
        var answer = new AuditVerification
        {
            From = AuditDays.Text(days.From),
            To = AuditDays.Text(days.To),
            Intact = report.IsIntact,
            Chains = report.Chains,
            OpenChains = report.OpenChains,
            Rows = report.Rows,
            Anchors = report.Anchors,
            Faults = [.. report.Faults.Take(MostFaults).Select(Describe)],
        };
        return new JsonAnswer(
            JsonSerializer.SerializeToUtf8Bytes(answer, ContractsJsonContext.Wire.AuditVerification), StatusCodes.Status200OK);
    }

    private static AuditFinding Describe(AuditFault fault) => new(fault.Kind, fault.Chain, fault.Row, fault.LastRow, fault.Message);
}
