using DrugResponse.Contracts.Audit;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Audit;
using DrugResponse.Storage;
using DrugResponse.Storage.Audit;
using DrugResponse.Storage.Patients;

namespace DrugResponse.Functions.Patients;

/// <summary>
/// Erases patients: what hangs on their keys at once, the rest in the background, and what requests that were under way meanwhile have left
/// behind. Thread-safe.
/// </summary>
internal sealed partial class PatientEraser(
    ErasureStore erasures,
    PatientRegister register,
    PatientHoldings holdings,
    AuditTrail trail,
    TimeProvider clock,
    ILogger<PatientEraser> logger)
{
    /// <summary>No request and no invocation is under way for longer (functionTimeout of host.json).</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(5);

    /// <summary>Begins to erase a patient, or goes on with it.</summary>
    /// <param name="caller">Who demands it.</param>
    /// <param name="patientKey">The patient.</param>
    /// <param name="cancellationToken">Ends the work; what is left is done in the background.</param>
    /// <returns>What became of it so far, or null if the tenant has no such patient.</returns>
    public async Task<Erasure?> EraseAsync(Caller caller, PatientKey patientKey, CancellationToken cancellationToken)
    {
        var known = await erasures.FindAsync(caller.Tenant, patientKey, cancellationToken);
        if (known is null && !await holdings.AreAnyAsync(caller.Tenant, patientKey, cancellationToken))
            return null;

        if (known is null)
        {
            var pseudonyms = await register.FindPseudonymsAsync(caller.Tenant, patientKey, cancellationToken);
            known = new Erasure(caller.Tenant, patientKey, clock.GetUtcNow(), caller.Name, CompletedAt: null, ErasedCounts.None);
            await erasures.OpenAsync(known, pseudonyms, cancellationToken);
        }

        // First the ways to the key, so that whoever names the patient from now on does not meet what is being erased.
        await register.RemoveAsync(caller.Tenant, patientKey, cancellationToken);
        var erased = await holdings.EraseAsync(caller.Tenant, patientKey, cancellationToken);
        // What is gone is counted, whether the caller still waits or not.
        return await erasures.AddAsync(known, erased, cancellationToken: CancellationToken.None);
    }

    /// <summary>
    /// Goes on with every erasure that is not complete. One that fails stays open, and keeps none of the others from being completed.
    /// </summary>
    /// <param name="cancellationToken">Ends the work; the next time goes on.</param>
    /// <returns>How many failed.</returns>
    public async Task<int> ContinueAsync(CancellationToken cancellationToken)
    {
        var failed = 0;
        await foreach (var open in erasures.ReadOpenAsync(cancellationToken))
        {
            if (clock.GetUtcNow() - open.RequestedAt < LongestRequest)
                continue;
            try
            {
                await CompleteAsync(open, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && !StorageOutage.IsOutage(exception, cancellationToken))
            {
                failed++;
                LogFailed(logger, open.Tenant, open.PatientKey, exception.GetType().Name, exception.StackTrace);
            }
        }

        return failed;
    }

    private async Task CompleteAsync(OpenErasure open, CancellationToken cancellationToken)
    {
        await register.RemoveAsync(open.Tenant, open.PatientKey, cancellationToken);
        var (rows, areAll) = await holdings.EraseRowsAsync(open, cancellationToken);
        var counts = (await holdings.EraseAsync(open.Tenant, open.PatientKey, cancellationToken)) with { BatchRows = rows };
        var completed = await erasures.AddAsync(
            new Erasure(open.Tenant, open.PatientKey, open.RequestedAt, "system", CompletedAt: null, ErasedCounts.None),
            counts,
            areAll ? clock.GetUtcNow() : null,
            cancellationToken);
        if (!areAll)
            return;

        await trail.RecordAsync(open.Tenant, Describe(completed), cancellationToken);
        await erasures.CloseAsync(open.Tenant, open.PatientKey, cancellationToken);
    }

    private AuditEntry Describe(Erasure erasure) => new()
    {
        At = clock.GetUtcNow(),
        Who = "system",
        Action = ContinueErasures.FunctionName,
        Outcome = AuditOutcomes.Done,
        PatientKey = erasure.PatientKey.ToString(),
        Count = erasure.Counts.Predictions + erasure.Counts.IdempotencyKeys + erasure.Counts.BatchRows,
    };

    [LoggerMessage(LogLevel.Error, "The erasure of {PatientKey} of {Tenant} failed with {Fault} and stays open. {Stack}")]
    private static partial void LogFailed(ILogger logger, TenantName tenant, PatientKey patientKey, string fault, string? stack);
}
