using DrugResponse.Storage;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>The tenants that callers act for (decision 0006).</summary>
internal sealed class Tenants(IOptions<AccessOptions> options)
{
    /// <summary>The tenant of an HTTP caller.</summary>
    public TenantName OfCaller { get; } = TenantName.Parse(options.Value.Tenant!);

    /// <summary>The tenant of bare bodies on the queue; null when they are not accepted.</summary>
    public TenantName? OfQueue { get; } = options.Value.QueueTenant is { } tenant ? TenantName.Parse(tenant) : null;
}
