namespace DrugResponse.Storage.Idempotency;

/// <summary>Says which resource answers the request that came with an idempotency key.</summary>
/// <param name="RequestHash">Hash of the request. Another request under the same key is a caller's mistake.</param>
/// <param name="ResourceId">Id of the prediction or batch that the request makes.</param>
/// <param name="CreatedAt">When the claim was made, in UTC.</param>
public sealed record IdempotencyClaim(string RequestHash, string ResourceId, DateTimeOffset CreatedAt);

/// <summary>What came of an attempt to claim a key.</summary>
/// <param name="IsOwn">
/// Whether the claim in force is the one just made. Else somebody claimed the key before, and <paramref name="Claim"/> is theirs.
/// </param>
/// <param name="Claim">The claim in force.</param>
/// <param name="ClaimId">Names the claim for <see cref="IdempotencyStore.ReleaseAsync"/>; it does not tell the key.</param>
public sealed record ClaimOutcome(bool IsOwn, IdempotencyClaim Claim, string ClaimId);
