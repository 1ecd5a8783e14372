using DrugResponse.Functions.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Access;

/// <summary>Turns away who may not call, with a problem that says why and gives nothing away.</summary>
internal sealed class AccessProblems(IOptions<TokenOptions> tokens) : IAuthorizationMiddlewareResultHandler
{
    private readonly string[] _challenges = tokens.Value.Authority is null ? ["ApiKey"] : ["ApiKey", "Bearer"];

    /// <inheritdoc />
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);
        if (authorizeResult.Forbidden)
            return ProblemResponses.Forbidden().ExecuteAsync(context);

        return RefuseAsync(context);
    }

    /// <summary>Answers a request without a valid credential.</summary>
    /// <param name="context">The request.</param>
    public async Task RefuseAsync(HttpContext context)
    {
        // Not done twice: the outcome is kept with the request.
        var problem = (await context.AuthenticateAsync()).Failure switch
        {
            TooManyLookupsException => ProblemResponses.TooManyRequests(TooManyLookupsException.RetryAfter),
            IssuerUnavailableException => ProblemResponses.IssuerUnavailable(),
            _ => ProblemResponses.Unauthorized(),
        };
        if (problem.Problem.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = _challenges;
        await problem.ExecuteAsync(context);
    }
}
