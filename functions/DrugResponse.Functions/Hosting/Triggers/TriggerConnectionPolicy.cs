using Microsoft.AspNetCore.Routing.Matching;

namespace DrugResponse.Functions.Hosting.Triggers;

/// <summary>
/// Hides trigger functions from every connection but those of the Functions host and the local trigger listener. They are
/// no candidates for routing at all, so that the public port answers 404 to them as to any unknown path.
/// </summary>
internal sealed class TriggerConnectionPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <inheritdoc />
    public override int Order => int.MinValue;

    /// <inheritdoc />
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsTriggerFunction);

    /// <inheritdoc />
    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        if (TriggerConnection.IsPresent(httpContext))
            return Task.CompletedTask;

        for (var i = 0; i < candidates.Count; i++)
        {
            if (IsTriggerFunction(candidates[i].Endpoint))
                candidates.SetValidity(i, false);
        }

        return Task.CompletedTask;
    }

    private static bool IsTriggerFunction(Endpoint endpoint) => endpoint.Metadata.GetMetadata<TriggerFunctionMetadata>() is not null;
}
