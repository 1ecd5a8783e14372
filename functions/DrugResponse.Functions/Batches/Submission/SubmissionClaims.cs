using DrugResponse.Functions.Access;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using DrugResponse.Storage.Idempotency;

namespace DrugResponse.Functions.Batches.Submission;

/// <summary>Knows submissions that were sent again. Thread-safe.</summary>
internal sealed class SubmissionClaims(IdempotencyStore idempotency, TenantKeys keys)
{
    private const string Scope = "batches";

    /// <summary>Begins the hash by which a submission is known again.</summary>
    public SubmissionHash BeginHash(TenantName tenant, SubmissionOptions options) =>
        new(keys, tenant, options.Request, options.Upload is { } upload ? $"{upload} {options.Format}" : options.Format);

    /// <summary>Claims an idempotency key for a batch.</summary>
    /// <param name="draft">The batch that is about to be made.</param>
    /// <param name="key">The caller's key.</param>
    /// <param name="hash">The hash of the whole submission.</param>
    /// <param name="cancellationToken">Cancels the call; the key may be claimed all the same.</param>
    /// <returns>Under which id the batch is to be made, or null when the key came with another submission before.</returns>
    public async Task<BatchId?> ClaimAsync(BatchRecord draft, string key, SubmissionHash hash, CancellationToken cancellationToken)
    {
        var claim = await idempotency.ClaimAsync(
            draft.Tenant, Scope, key, hash.Current, draft.Id.ToString(), draft.CreatedAt, cancellationToken);
        return claim.IsOwn || hash.Is(claim.Claim.RequestHash) ? BatchId.Parse(claim.Claim.ResourceId) : null;
    }
}
