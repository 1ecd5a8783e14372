using System.ComponentModel.DataAnnotations;

namespace DrugResponse.Functions.Access;

/// <summary>Who may call, section <c>DrugResponse:Access</c>. On whose behalf a caller acts is said by its credential alone (decision
/// 0013).</summary>
internal sealed class AccessOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Access";

    /// <summary>What a tenant's name looks like: it is part of storage keys.</summary>
    public const string TenantPattern = "^[a-z0-9][a-z0-9-]{0,62}$";

    /// <summary>
    /// In Development, the tenant of the keys that the app makes for itself; <c>development</c> by default. Elsewhere it is not read.
    /// </summary>
    [RegularExpression(TenantPattern, ErrorMessage = $"{Section}:{nameof(Tenant)} must match {TenantPattern}.")]
    public string Tenant { get; set; } = "development";

    /// <summary>
    /// The tenant that bare prediction bodies on the queue <c>prediction-requests</c> belong to. The same as
    /// <see cref="Tenant"/> by default in Development; elsewhere bare bodies are refused unless it is set, since whoever can
    /// write to the queue then acts for that tenant, and the bodies lie in the queue in clear.
    /// </summary>
    [RegularExpression(TenantPattern, ErrorMessage = $"{Section}:{nameof(QueueTenant)} must match {TenantPattern}.")]
    public string? QueueTenant { get; set; }

    /// <summary>
    /// How long a key that was read is known without reading it again, 0 to 10 minutes. Default 30 s. A key that is revoked by another
    /// instance goes on working here for as long at most.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = $"{Section}:{nameof(KeysKnownFor)} must be from 00:00:00 to 00:10:00.")]
    public TimeSpan KeysKnownFor { get; set; } = TimeSpan.FromSeconds(30);
}
