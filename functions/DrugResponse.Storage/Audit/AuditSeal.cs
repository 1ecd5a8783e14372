using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DrugResponse.Storage.Protection;

namespace DrugResponse.Storage.Audit;

/// <summary>
/// Hashes audit rows and anchors under keys of the tenant, so that nobody who can write to storage alone can make or change one.
/// Thread-safe.
/// </summary>
/// <remarks>
/// A row's hash is HMAC-SHA-256 over, one after the other and numbers big-endian: the hash of the row before (32 bytes), the sequence
/// number (8), the kind (1), the version of the master key (4), the lengths of the chain's text and of the patient key (4 each), these two
/// in UTF-8, and the content. Rows must stay verifiable: never change this.
/// </remarks>
/// <param name="keys">The master keys.</param>
public sealed class AuditSeal(MasterKeyRing keys)
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int HashLength = HMACSHA256.HashSizeInBytes;

    private const string RowPurpose = "audit chain";
    private const string AnchorPurpose = "audit anchor";

    /// <summary>The version of the master key for new rows.</summary>
    internal int CurrentVersion => keys.CurrentVersion;

    /// <summary>Gives a row its hash.</summary>
    internal AuditRow Seal(AuditRow row) => row with { Hash = HashOf(row) };

    /// <summary>Whether a row has the hash that it must have. One whose master key is not known has not.</summary>
    internal bool IsWhole(AuditRow row) =>
        row.Previous.Length == HashLength
        && keys.Has(row.KeyVersion)
        && CryptographicOperations.FixedTimeEquals(HashOf(row), row.Hash);

    /// <summary>The hash of an anchor's JSON.</summary>
    internal byte[] HashOfAnchor(TenantName tenant, int keyVersion, ReadOnlySpan<byte> json) =>
        HMACSHA256.HashData(keys.Derive(keyVersion, tenant, AnchorPurpose), json);

    /// <summary>Whether there is a master key of a version.</summary>
    internal bool Knows(int keyVersion) => keys.Has(keyVersion);

    private byte[] HashOf(AuditRow row)
    {
        var (chain, patientKey) = (Encoding.UTF8.GetBytes(row.Chain.ToString()), Encoding.UTF8.GetBytes(row.PatientKey));
        Span<byte> numbers = stackalloc byte[sizeof(long) + 1 + 3 * sizeof(int)];
        BinaryPrimitives.WriteInt64BigEndian(numbers, row.Sequence);
        numbers[8] = (byte)row.Kind;
        BinaryPrimitives.WriteInt32BigEndian(numbers[9..], row.KeyVersion);
        BinaryPrimitives.WriteInt32BigEndian(numbers[13..], chain.Length);
        BinaryPrimitives.WriteInt32BigEndian(numbers[17..], patientKey.Length);
        byte[] input = [.. row.Previous, .. numbers, .. chain, .. patientKey, .. row.Content];
        return HMACSHA256.HashData(keys.Derive(row.KeyVersion, row.Chain.Tenant, RowPurpose), input);
    }
}
