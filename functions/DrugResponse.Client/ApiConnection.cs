using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;

namespace DrugResponse.Client;

/// <summary>Sends requests, and turns answers into records or into exceptions. Thread-safe.</summary>
internal sealed class ApiConnection(HttpClient http, DrugResponseClientOptions options, TimeProvider time)
{
    private const string ProblemMediaType = "application/problem+json";

    /// <summary>Makes a request with a JSON body, which can be sent repeatedly.</summary>
    public static HttpRequestMessage Post<TBody>(string path, TBody body, JsonTypeInfo<TBody> type) =>
        With(HttpMethod.Post, path, body, type);

    /// <summary>Makes a request with a JSON body that takes the place of what is there.</summary>
    public static HttpRequestMessage Put<TBody>(string path, TBody body, JsonTypeInfo<TBody> type) =>
        With(HttpMethod.Put, path, body, type);

    /// <summary>Sends a request and reads its answer.</summary>
    public async Task<TAnswer> SendAsync<TAnswer>(
        HttpRequestMessage request, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using (request)
        {
            Repeatability.MarkReadWhole(request);
            using var response = await OpenAsync(request, null, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(response, type, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a request without repetitions; an answer of one further status is no failure.</summary>
    public async Task<TAnswer> SendOnceAsync<TAnswer>(
        HttpRequestMessage request, JsonTypeInfo<TAnswer> type, HttpStatusCode accepted, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using (request)
        {
            Repeatability.MarkUnrepeatable(request);
            Repeatability.MarkReadWhole(request);
            using var response = await OpenAsync(request, accepted, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(response, type, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Begins an operation that consists of several requests, or whose success is more than the beginning of an answer.</summary>
    public Perseverance Persevere() => new(options, time);

    /// <summary>Opens results or errors of a batch behind a line.</summary>
    public async Task<HttpResponseMessage> OpenLinesAsync(
        string path, string format, long afterLine, Perseverance perseverance, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{path}?format={Uri.EscapeDataString(format)}&after={afterLine}"));
        perseverance.AttachTo(request);
        var response = await OpenAsync(request, cancellationToken).ConfigureAwait(false);
        var (expected, given) = (format == BatchFormats.Csv ? "text/csv" : "application/x-ndjson", MediaType(response));
        if (given == expected)
            return response;
        using (response)
            throw new DrugResponseApiException(response.StatusCode, given, cause: null);
    }

    /// <summary>Opens what <see cref="OpenLinesAsync"/> has given, to be read while it comes.</summary>
    public async Task<Stream> ReadLinesAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return options.Timeout == Timeout.InfiniteTimeSpan ? body : new SilenceLimitedStream(body, options.Timeout, time);
    }

    /// <summary>Sends a request and gives the answer as soon as it begins.</summary>
    /// <exception cref="DrugResponseApiException">The answer is no success.</exception>
    public Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        OpenAsync(request, null, cancellationToken);

    private static HttpRequestMessage With<TBody>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> type)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new HttpRequestMessage(method, path)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
    }

    private async Task<HttpResponseMessage> OpenAsync(
        HttpRequestMessage request, HttpStatusCode? accepted, CancellationToken cancellationToken)
    {
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode || (response.StatusCode == accepted && !IsProblem(response)))
            return response;
        using (response)
            throw await FailureAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<TAnswer> ReadAsync<TAnswer>(
        HttpResponseMessage response, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken)
        where TAnswer : class
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await JsonSerializer.DeserializeAsync(stream, type, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("The service answered null.");
        }
        catch (JsonException foreign)
        {
            throw new DrugResponseApiException(response.StatusCode, MediaType(response), foreign);
        }
    }

    private async Task<DrugResponseApiException> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Problem? problem = null;
        if (IsProblem(response))
        {
            try
            {
                problem = await ReadAsync(response, ContractsJsonContext.Wire.Problem, cancellationToken).ConfigureAwait(false);
            }
            catch (DrugResponseApiException)
            {
                // Something between here and the service made it up; the status says what there is to say.
            }
        }

        return new DrugResponseApiException(response.StatusCode, problem, RetryAfter.From(response.Headers.RetryAfter, time));
    }

    private static bool IsProblem(HttpResponseMessage response) => MediaType(response) == ProblemMediaType;

    private static string? MediaType(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType;
}
