using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Batches.Control;
using DrugResponse.Functions.Batches.Input;
using DrugResponse.Functions.Problems;
using DrugResponse.Functions.Telemetry;
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
            return options.Upload is { } upload
                ? await SubmitUploadAsync(draft, upload, options.Format, idempotencyKey, hash, cancellationToken)
                : await SubmitBodyAsync(draft, new HashedStream(body, hash), options.Format, idempotencyKey, hash, cancellationToken);
        }
        catch (InputRefusedException refusal)
        {
            return (null, refusal.Problem);
        }
    }

    // What makes a repeated submission the same is known only once the body was read, so the key is claimed behind it. Of two that are at it at
    // once, the first to insert the batch wins, and the other one answers with the winner's.
    private async Task<(BatchRecord? Batch, ProblemResponse? Refusal)> SubmitBodyAsync(
        BatchRecord draft, Stream body, string format, string? key, SubmissionHash hash, CancellationToken cancellationToken)
    {
        var input = await ingester.IngestAsync(draft.Tenant, draft.Id, body, format, draft.Request.Candidates, cancellationToken);
        draft = draft with { Input = input };
        if (key is null)
            return (await CommitAsync(draft, cancellationToken), null);
        if (await claims.ClaimAsync(draft, key, hash, cancellationToken) is { } id)
            return (await CommitAsync(draft with { Id = id }, cancellationToken), null);

        await stores.Inputs.DeleteAsync(input.Blob, cancellationToken);
        return (null, ProblemResponses.IdempotencyKeyReused());
    }

    // An upload is named, not sent again, and is gone once it was read: so a repeated submission is known before anybody looks for it.
    private async Task<(BatchRecord? Batch, ProblemResponse? Refusal)> SubmitUploadAsync(
        BatchRecord draft, BatchId upload, string format, string? key, SubmissionHash hash, CancellationToken cancellationToken)
    {
        if (key is not null)
        {
            if (await claims.ClaimAsync(draft, key, hash, cancellationToken) is not { } id)
                return (null, ProblemResponses.IdempotencyKeyReused());
            if (await stores.Batches.GetAsync(draft.Tenant, id, cancellationToken) is { } known)
                return (known, null);
            draft = draft with { Id = id };
        }

        var version = await ingester.FindUploadAsync(draft.Tenant, upload, cancellationToken);
        return (await CommitAsync(draft with { Upload = new BatchUploadSource(upload, version, format) }, cancellationToken), null);
    }

    private async Task<BatchRecord> CommitAsync(BatchRecord draft, CancellationToken cancellationToken)
    {
        var kept = await stores.Batches.AddAsync(draft, cancellationToken);
        if (kept.ControlToken == draft.ControlToken)
        {
            BatchMeasures.Count(kept);
            return await starter.StartAsync(kept, cancellationToken);
        }

        if (draft.Input is { } input && kept.Input?.Blob != input.Blob)
            await stores.Inputs.DeleteAsync(input.Blob, cancellationToken);
        return kept;
    }
}
