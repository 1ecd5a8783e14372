using DrugResponse.Functions.Hosting;

namespace DrugResponse.Functions.Transport;

/// <summary>
/// Puts headers on every answer, also on those to faulty requests: what it holds is kept by nobody on the way, taken for nothing but what
/// it says it is, shown in no frame, and has an id by which the log and the audit trail know the request.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, IHostEnvironment environment, HostingState hosting)
{
    /// <summary>The header of the request's id.</summary>
    public const string RequestId = "X-Request-Id";

    private const string OneYear = "max-age=31536000; includeSubDomains";

    // Behind the Functions host it is the host that speaks to the outside, and host.json has it say the same.
    private readonly bool _isSecure = !environment.IsDevelopment() && hosting.Mode is HostingMode.Standalone;

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment, since an answer that fails is cleared with all its headers.
        context.Response.OnStarting(Write, context);
        return next(context);
    }

    private Task Write(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Only a page has another one than this, under which nothing can be shown.
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers[RequestId] = context.TraceIdentifier;
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        if (_isSecure)
            headers.StrictTransportSecurity = OneYear;
        return Task.CompletedTask;
    }
}
