namespace DrugResponse.Client;

/// <summary>Whether a request may be sent twice without doing something twice.</summary>
internal static class Repeatability
{
    /// <summary>The header that makes the service know a repeated request for the same.</summary>
    public const string IdempotencyKeyHeader = "Idempotency-Key";

    private static readonly HttpRequestOptionsKey<bool> ReadsOnly = new("DrugResponse.ReadsOnly");
    private static readonly HttpRequestOptionsKey<bool> ReadWhole = new("DrugResponse.ReadWhole");
    private static readonly HttpRequestOptionsKey<bool> Unrepeatable = new("DrugResponse.Unrepeatable");

    /// <summary>Marks a POST that changes nothing.</summary>
    public static void MarkReadOnly(HttpRequestMessage request) => request.Options.Set(ReadsOnly, true);

    /// <summary>Marks a request that is not to be sent again, such as one whose body can be read only once.</summary>
    public static void MarkUnrepeatable(HttpRequestMessage request) => request.Options.Set(Unrepeatable, true);

    /// <summary>Marks a request whose answer is small enough to be taken whole before anything is done with it.</summary>
    public static void MarkReadWhole(HttpRequestMessage request) => request.Options.Set(ReadWhole, true);

    /// <summary>Whether the answer is taken whole.</summary>
    public static bool IsReadWhole(HttpRequestMessage request) => request.Options.TryGetValue(ReadWhole, out var whole) && whole;

    /// <summary>Whether the request may be sent again.</summary>
    public static bool IsRepeatable(HttpRequestMessage request)
    {
        if (request.Options.TryGetValue(Unrepeatable, out var unrepeatable) && unrepeatable)
            return false;
        return request.Method == HttpMethod.Get
            || request.Method == HttpMethod.Delete
            || request.Method == HttpMethod.Put
            || request.Headers.Contains(IdempotencyKeyHeader)
            || (request.Options.TryGetValue(ReadsOnly, out var readsOnly) && readsOnly);
    }
}
