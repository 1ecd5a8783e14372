namespace DrugResponse.Client;

/// <summary>How to reach the API, and how patiently.</summary>
public sealed class DrugResponseClientOptions
{
    /// <summary>
    /// Where the service is, without <c>/api</c>: <c>https://predictions.example.org</c>. Required; absolute, http or https, with neither
    /// user, query nor fragment. A redirection to elsewhere is never followed.
    /// </summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>
    /// Whether a credential may go over plain http to another machine, where whoever is between can read it, as behind a proxy that ends
    /// TLS. Default false: then such a <see cref="BaseAddress"/> is refused where <see cref="ApiKey"/> or <see cref="AccessToken"/> is set.
    /// </summary>
    public bool AllowsPlainHttp { get; set; }

    /// <summary>The API key, sent as <c>x-functions-key</c>. Null when callers are known by a token.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gives a bearer token for a request; asked each time, so it should keep its token until that expires. Null when callers are known by
    /// a key. Not together with <see cref="ApiKey"/>.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? AccessToken { get; set; }

    /// <summary>
    /// How often a request is sent again, 0 to 10; default 4. Sent again are requests that may be: those that only read or look up, PUT and
    /// DELETE, which come to the same when sent twice, and POSTs with an idempotency key and a body that can be sent twice. It is done
    /// after 429, 503, connections that fail and answers that break off, and after 409 with <c>Retry-After</c> (an earlier attempt under
    /// the same key is still in work). A streamed answer that breaks off is taken up three times in a row whatever stands here. Ignored with
    /// <see cref="Endurance"/>.
    /// </summary>
    public int MaxRetries { get; set; } = 4;

    /// <summary>
    /// Pause before the first repetition when the service does not name one, above 0; default 0.5 s. It doubles each time, and a random
    /// share of it is waited, so that callers do not return all at once.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// The longest pause, at most a day; default 30 s. When the service asks for a longer one (<c>Retry-After</c>), its answer is passed on
    /// instead.
    /// </summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a call may take, repetitions included, until its answer is there, or has begun where it is streamed; at most 24 days, or
    /// infinite; default 100 s. A streamed answer that says nothing for as long counts as broken. Raise it for the upload of large batches.
    /// With <see cref="Endurance"/> it limits each attempt, and one that takes longer is repeated.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// How long to go on while nothing succeeds, 0 or more, for callers that work for hours and outlast an outage: it takes the place of
    /// <see cref="MaxRetries"/>. Then also 408, 500 and above except 501, attempts that take too long, and every 409 of a request with an
    /// idempotency key are repeated, and a pause that the service asks for is cut to <see cref="MaxRetryDelay"/>. At its end
    /// <see cref="DrugResponseUnavailableException"/> is thrown. Null, the default: repetitions are counted.
    /// </summary>
    public TimeSpan? Endurance { get; set; }

    /// <summary>
    /// Is told of every repetition before its pause; null for none. It is called by whatever thread is at work and must be thread-safe
    /// where calls run side by side.
    /// </summary>
    public Action<RetryNotice>? Retrying { get; set; }
}
