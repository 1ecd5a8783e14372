using DrugResponse.Contracts.Access;
using Microsoft.AspNetCore.Authorization;

namespace DrugResponse.Functions.Access;

/// <summary>Says at an endpoint whom it is for. One that says nothing is for nobody.</summary>
internal static class EndpointRoles
{
    /// <summary>Lets callers in that have one of the roles.</summary>
    /// <typeparam name="TBuilder">The endpoint's builder.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <param name="roles">The roles, of <see cref="CallerRoles"/>.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder ForRoles<TBuilder>(this TBuilder builder, params IReadOnlyList<string> roles)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new AuthorizeAttribute { Roles = string.Join(',', roles) });

    /// <summary>Lets every caller in that has a role at all.</summary>
    /// <typeparam name="TBuilder">The endpoint's builder.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder ForEveryRole<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.ForRoles(CallerRoles.All);

    /// <summary>Lets everybody in, credential or not: for what tells nothing about any tenant.</summary>
    /// <typeparam name="TBuilder">The endpoint's builder.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder ForEverybody<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AllowAnonymous();

    /// <summary>Whether an endpoint says whom it is for.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public static bool AreNamedBy(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
