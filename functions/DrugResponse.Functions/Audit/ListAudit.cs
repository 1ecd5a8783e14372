using System.Globalization;
using System.Text.Json;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Audit;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Http;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Audit;

/// <summary>
/// <c>GET v1/audit</c>: a page of the entries of a day (<c>?day=yyyy-mm-dd</c>, today when absent), of one patient where
/// <c>?patientKey=</c> is given. It reads what is there and verifies nothing.
/// </summary>
internal static class ListAudit
{
    /// <summary>Entries a page.</summary>
    public const int PageSize = 100;

    public static async Task<IResult> HandleAsync(
        string? day,
        string? patientKey,
        string? after,
        Caller caller,
        AuditReader reader,
        AuditNote note,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var asked = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (day is not null && !AuditDays.TryRead(day, out asked))
            return ProblemResponses.BadRequest("day must be a day: yyyy-MM-dd.");
        if (patientKey is not null && !PatientKey.TryParse(patientKey, out _))
            return ProblemResponses.BadRequest("patientKey must be a patient key.");
        AuditPosition? position = null;
        if (after is not null && !TryReadPosition(after, out position))
            return ProblemResponses.BadRequest("after must be a token that an earlier page gave.");

        note.PatientKey = patientKey;
        var rows = await reader.ReadAsync(caller.Tenant, asked, position, patientKey, PageSize + 1, cancellationToken);
        var entries = rows.Take(PageSize).Select(Describe).OfType<AuditRecord>().ToArray();
        var page = new AuditPage(AuditDays.Text(asked), entries, rows.Count > PageSize ? Position(rows[PageSize - 1]) : null);
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(page, ContractsJsonContext.Wire.AuditPage), StatusCodes.Status200OK);
    }

    private static string Position(AuditRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Chain.Writer}.{row.Sequence}");

    private static bool TryReadPosition(string text, out AuditPosition? position)
    {
        position = text.Split('.') is [var writer, var sequenceText]
            && AuditChainId.IsWriter(writer)
            && long.TryParse(sequenceText, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new AuditPosition(writer, sequence)
            : null;
        return position is not null;
    }

    private static AuditRecord? Describe(AuditRow row) => AuditEntry.TryRead(row.Content, out var entry)
        ? new AuditRecord
        {
            Chain = row.Chain.ToString(),
            Row = row.Sequence,
            At = entry.At,
            Who = entry.Who,
            Roles = entry.Roles,
            Action = entry.Action,
            Outcome = entry.Outcome,
            PatientKey = entry.PatientKey,
            Resource = entry.Resource,
            RequestHash = entry.RequestHash,
            Models = entry.Models,
            Knowledge = entry.Knowledge,
            Purpose = entry.Purpose,
            Count = entry.Count,
            Counts = entry.Counts,
            TraceId = entry.TraceId,
        }
        : null;
}
