namespace DrugResponse.Storage.Patients;

/// <summary>What became of the demand to erase a patient: the tombstone, which counts and holds no data.</summary>
/// <param name="Tenant">Whose patient.</param>
/// <param name="PatientKey">The patient's key, from which nothing leads to the patient any more.</param>
/// <param name="RequestedAt">When it was demanded first, in UTC.</param>
/// <param name="RequestedBy">The caller that demanded it.</param>
/// <param name="CompletedAt">When the last of it was erased; <see langword="null"/> while the background scan goes on.</param>
/// <param name="Counts">How much was erased so far.</param>
public sealed record Erasure(
    TenantName Tenant, PatientKey PatientKey, DateTimeOffset RequestedAt, string RequestedBy, DateTimeOffset? CompletedAt, ErasedCounts Counts);

/// <summary>How much was erased.</summary>
/// <param name="Predictions">Predictions.</param>
/// <param name="IdempotencyKeys">Claims of idempotency keys.</param>
/// <param name="BatchRows">Rows of batches.</param>
public sealed record ErasedCounts(long Predictions, long IdempotencyKeys, long BatchRows)
{
    /// <summary>Nothing.</summary>
    public static ErasedCounts None { get; } = new(0, 0, 0);

    /// <summary>Adds up.</summary>
    /// <param name="other">The other counts.</param>
    public ErasedCounts Plus(ErasedCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Predictions + other.Predictions, IdempotencyKeys + other.IdempotencyKeys, BatchRows + other.BatchRows);
    }
}

/// <summary>An erasure that is not complete.</summary>
/// <param name="Tenant">Whose patient.</param>
/// <param name="PatientKey">The patient.</param>
/// <param name="RequestedAt">When it was demanded.</param>
/// <param name="Pseudonyms">
/// The pseudonyms under which the patient was entered, by which rows of batches are found. They go when the erasure is complete.
/// </param>
public sealed record OpenErasure(TenantName Tenant, PatientKey PatientKey, DateTimeOffset RequestedAt, IReadOnlyList<string> Pseudonyms);
