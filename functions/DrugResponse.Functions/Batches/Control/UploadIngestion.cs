using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Batches.Input;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Control;

/// <summary>Turns the upload of a batch into its input. Thread-safe.</summary>
internal sealed class UploadIngestion(
    BatchStores stores, BatchUploadStore uploads, BatchIngester ingester, BatchDispatcher dispatcher, KeyWait keyWait, TimeProvider clock)
{
    /// <summary>Nobody else is to take the batch for forgotten while its upload is read.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromMinutes(10);

    /// <summary>A reading that came to no end so often, out of time or by a fault of the service, comes to none.</summary>
    private const int MostReadings = 5;

    private static readonly TimeSpan PauseWithoutKey = TimeSpan.FromSeconds(30);

    /// <summary>Reads the upload and hands out the chunks. What cannot be a batch ends as a problem of it.</summary>
    /// <returns>After which pause to look at the batch again.</returns>
    public async Task<TimeSpan?> IngestAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        if (keyWait.IsWorthwhile(batch))
            return PauseWithoutKey;

        if (!batch.IsReadable)
            await FailAsync(batch, ProblemResponses.InputLost().Problem, cancellationToken);
        else if (batch.Readings >= MostReadings)
            await FailAsync(batch, ProblemResponses.UploadUnreadable(batch.Readings).Problem, cancellationToken);
        else
            await ReadAsync(batch, cancellationToken);

        await uploads.DeleteAsync(batch.Tenant, batch.Upload!.UploadId, cancellationToken);
        return TimeSpan.Zero;
    }

    private async Task ReadAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        var reading = batch.Readings + 1;
        await stores.Batches.ChangeAsync(
            batch.Tenant,
            batch.Id,
            current => current.Readings < reading
                ? current with { Readings = reading, ControlDueAt = clock.GetUtcNow() + LongestReading }
                : current,
            cancellationToken);
        try
        {
            var input = await ingester.IngestUploadAsync(batch, BatchId.Create(clock.GetUtcNow()), cancellationToken);
            var kept = await stores.Batches.ChangeAsync(
                batch.Tenant, batch.Id, current => current.Input is null ? current with { Input = input } : current, cancellationToken);
            if (kept?.Input?.Blob != input.Blob)
                await stores.Inputs.DeleteAsync(input.Blob, cancellationToken);
            if (kept is not null)
                await dispatcher.DispatchAsync(kept, cancellationToken);
        }
        catch (InputRefusedException refusal)
        {
            await FailAsync(batch, refusal.Problem.Problem, cancellationToken);
        }
        catch (Exception exception) when (StorageOutage.IsOutage(exception, cancellationToken))
        {
            // It says nothing about the upload, and may last longer than all readings together.
            await stores.Batches.ChangeAsync(
                batch.Tenant,
                batch.Id,
                current => current.Readings == reading ? current with { Readings = reading - 1 } : current,
                cancellationToken);
            throw;
        }
    }

    private Task FailAsync(BatchRecord batch, Problem problem, CancellationToken cancellationToken) => stores.Batches.ChangeAsync(
        batch.Tenant,
        batch.Id,
        current => current.Input is null && current.Problem is null ? current with { Problem = problem } : current,
        cancellationToken);
}
