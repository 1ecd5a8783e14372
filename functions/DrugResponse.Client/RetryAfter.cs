using System.Net.Http.Headers;

namespace DrugResponse.Client;

/// <summary>Reads when a service asks to be tried again.</summary>
internal static class RetryAfter
{
    /// <summary>How long from now that is, 0 or more; null when it does not say.</summary>
    public static TimeSpan? From(RetryConditionHeaderValue? header, TimeProvider time) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - time.GetUtcNow() is var left => left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };
}
