using System.Globalization;
using System.Threading.RateLimiting;
using DrugResponse.Functions.Access;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Hosting.Triggers;
using DrugResponse.Functions.Problems;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Limits;

/// <summary>
/// Keeps one tenant from taking the service away from the others: a rate, and a number of requests in work at a time. Every answer says in
/// <c>RateLimit</c> and <c>RateLimit-Policy</c> (IETF draft on rate limit header fields) how much is left. Thread-safe.
/// </summary>
internal sealed class TenantLimits : IDisposable
{
    private const string PolicyHeader = "RateLimit-Policy";
    private const string LimitHeader = "RateLimit";

    // No tenant's name begins with a tilde.
    private const string AnonymousPrefix = "~";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly LimitOptions _options;
    private readonly PartitionedRateLimiter<string> _rates;
    private readonly PartitionedRateLimiter<string> _places;

    public TenantLimits(IOptions<LimitOptions> options)
    {
        _options = options.Value;
        _rates = PartitionedRateLimiter.Create<string, string>(
            tenant => RateLimitPartition.GetTokenBucketLimiter(tenant, name => RateOf(_options.For(name))));
        _places = PartitionedRateLimiter.Create<string, string>(
            tenant => RateLimitPartition.GetConcurrencyLimiter(tenant, name => PlacesOf(_options.For(name))));
    }

    /// <summary>
    /// Middleware, before it is known who calls: turns a request away whose address has used up what callers without a credential may, so
    /// that finding out about tokens costs no more than that. Keys have limits of their own (<see cref="KeyLookups"/>), and those that
    /// are known are found at once. What is asked here is not counted here: a caller with a good token uses up nothing of its address.
    /// </summary>
    public async Task RefuseSpentAddressAsync(HttpContext context, RequestDelegate next)
    {
        if (IsTrigger(context) || IsNeverLimited(context) || context.Request.Headers.ContainsKey(ApiKeyHandler.Header))
        {
            await next(context);
            return;
        }

        var anybody = AnybodyAt(context);
        // A bucket is filled by parts of a permit too, and would grant none of them for as long as it has any.
        var isSpent = _rates.GetStatistics(anybody) is { CurrentAvailablePermits: < 1 };
        using var rest = isSpent ? _rates.AttemptAcquire(anybody) : null;
        if (rest is null or { IsAcquired: true })
        {
            await next(context);
            return;
        }

        Announce(context.Response.Headers, anybody);
        await ProblemResponses.TooManyRequests(RetryAfter(rest)).ExecuteAsync(context);
    }

    /// <summary>Middleware: lets a request through when its tenant's share allows it, and otherwise says when it will.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (IsTrigger(context))
        {
            await next(context);
            return;
        }

        var tenant = Caller.Of(context)?.Tenant.ToString() ?? AnybodyAt(context);
        if (IsNeverLimited(context))
        {
            Announce(context.Response.Headers, tenant);
            await next(context);
            return;
        }

        using var rate = _rates.AttemptAcquire(tenant);
        Announce(context.Response.Headers, tenant);
        if (!rate.IsAcquired)
        {
            await ProblemResponses.TooManyRequests(RetryAfter(rate)).ExecuteAsync(context);
            return;
        }

        using var place = await _places.AcquireAsync(tenant, cancellationToken: context.RequestAborted);
        if (place.IsAcquired)
            await next(context);
        else
            await ProblemResponses.TooManyRequests(Second).ExecuteAsync(context);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _rates.Dispose();
        _places.Dispose();
    }

    private static bool IsTrigger(HttpContext context) =>
        TriggerConnection.IsPresent(context) && context.GetEndpoint()?.Metadata.GetMetadata<TriggerFunctionMetadata>() is not null;

    private static bool IsNeverLimited(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<NeverLimited>() is not null;

    private static string AnybodyAt(HttpContext context) => $"{AnonymousPrefix}{ClientAddress.Of(context)}";

    private static TokenBucketRateLimiterOptions RateOf(TenantLimit limit) => new()
    {
        TokenLimit = limit.Burst,
        TokensPerPeriod = limit.RequestsPerSecond,
        ReplenishmentPeriod = Second,
        QueueLimit = 0,
    };

    private static ConcurrencyLimiterOptions PlacesOf(TenantLimit limit) => new()
    {
        PermitLimit = limit.Concurrent,
        QueueLimit = limit.Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };

    private static TimeSpan RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) && retryAfter > TimeSpan.Zero ? retryAfter : Second;

    private void Announce(IHeaderDictionary headers, string tenant)
    {
        var limit = _options.For(tenant);
        var left = _rates.GetStatistics(tenant)?.CurrentAvailablePermits ?? limit.Burst;
        var window = SecondsFor(limit.Burst, limit);
        headers[PolicyHeader] = string.Create(CultureInfo.InvariantCulture, $"\"requests\";q={limit.Burst};w={window}");
        headers[LimitHeader] = string.Create(CultureInfo.InvariantCulture, $"\"requests\";r={left};t={SecondsFor(limit.Burst - left, limit)}");
    }

    private static long SecondsFor(long requests, TenantLimit limit) => (requests + limit.RequestsPerSecond - 1) / limit.RequestsPerSecond;
}
