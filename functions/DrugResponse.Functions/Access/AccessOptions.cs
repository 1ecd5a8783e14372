using System.ComponentModel.DataAnnotations;

namespace DrugResponse.Functions.Access;

/// <summary>
/// On whose behalf the app works, section <c>DrugResponse:Access</c>. Until callers carry credentials, one configured tenant
/// owns everything (decision 0006).
/// </summary>
internal sealed class AccessOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DrugResponse:Access";

    /// <summary>What a tenant's name looks like: it is part of storage keys.</summary>
    public const string TenantPattern = "^[a-z0-9][a-z0-9-]{0,62}$";

    /// <summary>The tenant that HTTP callers act for. <c>development</c> by default in Development; required elsewhere.</summary>
    [Required(ErrorMessage = $"{Section}:{nameof(Tenant)} is required outside Development: it names the tenant that owns what is stored.")]
    [RegularExpression(TenantPattern, ErrorMessage = $"{Section}:{nameof(Tenant)} must match {TenantPattern}.")]
    public string? Tenant { get; set; }

    /// <summary>
    /// The tenant that bare prediction bodies on the queue <c>prediction-requests</c> belong to. The same as
    /// <see cref="Tenant"/> by default in Development; elsewhere bare bodies are refused unless it is set, since whoever can
    /// write to the queue then acts for that tenant, and the bodies lie in the queue in clear.
    /// </summary>
    [RegularExpression(TenantPattern, ErrorMessage = $"{Section}:{nameof(QueueTenant)} must match {TenantPattern}.")]
    public string? QueueTenant { get; set; }
}
