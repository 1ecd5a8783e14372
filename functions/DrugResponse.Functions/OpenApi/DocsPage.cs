using DrugResponse.Functions.Hosting;

namespace DrugResponse.Functions.OpenApi;

/// <summary>
/// <c>GET docs</c>: the description as a page that can be read and tried out. All its parts come from this process: nothing is loaded
/// from elsewhere, and the page may talk to nobody else.
/// </summary>
internal static class DocsPage
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Makes the page's handler. The parts are unpacked when somebody first asks for one.</summary>
    /// <param name="endpoints">What the page belongs to.</param>
    public static RequestDelegate Serve(IEndpointRouteBuilder endpoints)
    {
        var pages = new Lazy<RequestDelegate>(() => Build(endpoints));
        return context =>
        {
            context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            // Static files step back where routing has found an endpoint, which here is this one.
            context.SetEndpoint(null);
            return pages.Value(context);
        };
    }

    private static RequestDelegate Build(IEndpointRouteBuilder endpoints)
    {
        var prefix = endpoints.ServiceProvider.GetRequiredService<HostJson>().RoutePrefix;
        return endpoints.CreateApplicationBuilder()
            .UseSwaggerUI(options =>
            {
                options.RoutePrefix = $"{prefix}/docs";
                options.DocumentTitle = "DrugResponse";
                options.SwaggerEndpoint($"/{prefix}/openapi/v1.json", ApiDocument.Name);
                options.DisplayRequestDuration();
                options.EnableDeepLinking();
            })
            .Build();
    }
}
