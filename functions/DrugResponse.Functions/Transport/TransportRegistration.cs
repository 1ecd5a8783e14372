using DrugResponse.Functions.Access;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DrugResponse.Functions.Transport;

/// <summary>Registers and adds what is true of every answer, whatever it is about.</summary>
internal static class TransportRegistration
{
    private static readonly TimeSpan PreflightKnownFor = TimeSpan.FromMinutes(10);

    private static readonly string[] RequestHeaders =
        [ApiKeyHandler.Header, HeaderNames.Authorization, HeaderNames.ContentType, "Idempotency-Key", "Prefer"];

    private static readonly string[] AnswerHeaders =
    [
        HeaderNames.Location, HeaderNames.RetryAfter, HeaderNames.Link, HeaderNames.WWWAuthenticate, SecurityHeaders.RequestId, "Preference-Applied",
        "RateLimit", "RateLimit-Policy",
    ];

    /// <summary>Adds the services.</summary>
    /// <param name="services">The services.</param>
    public static void AddTransport(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<CorsOptions>, CorsOptionsValidator>();
        services.AddOptions<CorsOptions>().BindConfiguration(CorsOptions.Section).ValidateOnStart();
        services.AddCors();
    }

    /// <summary>Adds the headers, and the answers to browsers that ask for a page of another origin. Goes before everything else.</summary>
    /// <param name="app">The application.</param>
    public static void UseTransport(this IApplicationBuilder app)
    {
        app.UseMiddleware<SecurityHeaders>();
        if (app.ApplicationServices.GetRequiredService<IOptions<CorsOptions>>().Value.Origins is { Count: > 0 } origins)
            app.UseCors(policy => Allow(policy, origins));
    }

    // Without credentials of the browser's own: there are no cookies, and a key is sent by whoever has one.
    private static void Allow(CorsPolicyBuilder policy, IEnumerable<string> origins) => policy
        .WithOrigins([.. origins])
        .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete)
        .WithHeaders(RequestHeaders)
        .WithExposedHeaders(AnswerHeaders)
        .SetPreflightMaxAge(PreflightKnownFor);
}
