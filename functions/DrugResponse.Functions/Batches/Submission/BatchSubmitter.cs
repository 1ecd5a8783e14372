using System.Text;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Batches.Control;
using DrugResponse.Functions.Batches.Input;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Batches.Submission;

/// <summary>
/// Makes a batch of a submission. The input is stored first, then the batch is committed by inserting its row, then its chunks are handed
/// out; what is left undone after the commit is resumed by whoever looks after the batch. Thread-safe.
/// </summary>
internal sealed class BatchSubmitter(
    BatchStores stores, BatchIngester ingester, SubmissionClaims claims, BatchStarter starter, TimeProvider clock)
{
    /// <summary>Carries a submission out.</summary>
    /// <param name="tenant">Whose submission.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="body">The body; not read when the input was uploaded.</param>
    /// <param name="idempotencyKey">The caller's key, or null.</param>
    /// <param name="cancellationToken">Ends the work; before the commit nothing is kept then.</param>
    /// <returns>The batch, or why there is none.</returns>
    public async Task<(BatchRecord? Batch, ProblemResponse? Refusal)> SubmitAsync(
        TenantName tenant, SubmissionOptions options, Stream body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var draft = new BatchRecord
        {
            Tenant = tenant,
            Id = BatchId.Create(clock.GetUtcNow()),
            Request = options.Request,
            State = BatchStates.Accepted,
            ControlToken = BatchStarter.NewToken(),
            ControlDueAt = clock.GetUtcNow(),
        };
        using var hash = claims.BeginHash(tenant, options);
        try
        {
            draft = options.Upload is { } upload
                ? draft with { Upload = await FindUploadAsync(tenant, upload, options.Format, hash, cancellationToken) }
                : draft with { Input = await IngestAsync(draft, options.Format, new HashedStream(body, hash), cancellationToken) };
        }
        catch (InputRefusedException refusal)
        {
            return (null, refusal.Problem);
        }

        return idempotencyKey is null
            ? (await CommitAsync(draft, cancellationToken), null)
            : await CommitOnceAsync(draft, idempotencyKey, hash, cancellationToken);
    }

    private Task<BatchInput> IngestAsync(BatchRecord draft, string format, Stream body, CancellationToken cancellationToken) =>
        ingester.IngestAsync(draft.Tenant, draft.Id, body, format, draft.Request.Candidates, cancellationToken);

    private async Task<BatchUploadSource> FindUploadAsync(
        TenantName tenant, BatchId upload, string format, SubmissionHash hash, CancellationToken cancellationToken)
    {
        var version = await ingester.FindUploadAsync(tenant, upload, cancellationToken);
        hash.Append(Encoding.UTF8.GetBytes(version.ToString()));
        return new BatchUploadSource(upload, version, format);
    }

    private async Task<(BatchRecord? Batch, ProblemResponse? Refusal)> CommitOnceAsync(
        BatchRecord draft, string key, SubmissionHash hash, CancellationToken cancellationToken)
    {
        // Of two that are at it at once, the first to insert the batch wins, and the other one answers with the winner's.
        if (await claims.ClaimAsync(draft, key, hash, cancellationToken) is { } id)
            return (await CommitAsync(draft with { Id = id }, cancellationToken), null);

        await DiscardInputAsync(draft, cancellationToken);
        return (null, ProblemResponses.IdempotencyKeyReused());
    }

    private async Task<BatchRecord> CommitAsync(BatchRecord draft, CancellationToken cancellationToken)
    {
        var kept = await stores.Batches.AddAsync(draft, cancellationToken);
        if (kept.Input?.Blob != draft.Input?.Blob)
            await DiscardInputAsync(draft, cancellationToken);
        if (kept.ControlToken != draft.ControlToken)
            return kept;
        return await starter.StartAsync(kept, cancellationToken);
    }

    private Task DiscardInputAsync(BatchRecord draft, CancellationToken cancellationToken) =>
        draft.Input is { } input ? stores.Inputs.DeleteAsync(input.Blob, cancellationToken) : Task.CompletedTask;
}
