using DrugResponse.Storage;
using DrugResponse.Storage.Protection;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>
/// Secret keys of tenants, derived from the master keys of pseudonyms, each for one purpose, so that what one protects tells nothing of
/// another. Thread-safe.
/// </summary>
internal sealed class TenantKeys(IOptions<PseudonymOptions> options)
{
    private readonly MasterKeyRing _keys = new(options.Value.DecodeKeys(), options.Value.EffectiveVersion);

    /// <summary>The version in use.</summary>
    public int CurrentVersion => _keys.CurrentVersion;

    /// <summary>All versions that there are.</summary>
    public IEnumerable<int> Versions => _keys.OtherVersions.Append(_keys.CurrentVersion);

    /// <summary>A key of 32 bytes.</summary>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    /// <param name="tenant">Whose key.</param>
    /// <param name="purpose">What it is for, such as <c>request hash</c>; what a purpose is called never changes.</param>
    public byte[] Derive(int version, TenantName tenant, string purpose) => _keys.Derive(version, tenant, purpose);
}
