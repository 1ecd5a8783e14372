using System.Globalization;

namespace DrugResponse.Functions.Hosting;

/// <summary>
/// What this program itself needs to know of <c>host.json</c>, the file that steers the Functions host: reading the same
/// file keeps both modes the same. A setting <c>AzureFunctionsJobHost__extensions__…</c> overrides the file, as in the host.
/// </summary>
internal sealed class HostJson
{
    /// <summary>The name of the file. It lies beside the program.</summary>
    public const string FileName = "host.json";

    private readonly IConfiguration _values;

    private HostJson(IConfiguration values)
    {
        _values = values;
        RoutePrefix = (_values["extensions:http:routePrefix"] ?? "api").Trim('/');
        FunctionTimeout = Duration("functionTimeout", TimeSpan.FromMinutes(30));
        Queues = new QueueSettings(
            BatchSize: Number("extensions:queues:batchSize", 16, 1, 32),
            NewBatchThreshold: OptionalNumber("extensions:queues:newBatchThreshold", 0, int.MaxValue),
            MaxDequeueCount: Number("extensions:queues:maxDequeueCount", 5, 1, int.MaxValue),
            VisibilityTimeout: Duration("extensions:queues:visibilityTimeout", TimeSpan.Zero),
            MaxPollingInterval: OptionalDuration("extensions:queues:maxPollingInterval"),
            MessagesAreBase64: MessagesAreBase64());

        // With an empty prefix a caller from outside could reach POST /{FunctionName} through the host and fake a message.
        if (RoutePrefix.Length == 0)
            throw new StartupException($"{FileName}: extensions.http.routePrefix must not be empty.");
    }

    /// <summary>What stands before every HTTP route, without slashes: <c>api</c>.</summary>
    public string RoutePrefix { get; }

    /// <summary>How long one invocation may take. Negative: for ever.</summary>
    public TimeSpan FunctionTimeout { get; }

    /// <summary>How queues are polled.</summary>
    public QueueSettings Queues { get; }

    /// <summary>Reads the file beside the program.</summary>
    /// <param name="contentRoot">The program's folder.</param>
    /// <param name="configuration">Where overriding settings come from.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="StartupException">The file is missing or malformed, or a value is out of its range.</exception>
    public static HostJson Read(string contentRoot, IConfiguration configuration)
    {
        var path = Path.Combine(contentRoot, FileName);
        if (!File.Exists(path))
            throw new StartupException($"{path} is missing: it must lie beside the program.");

        try
        {
            return new HostJson(new ConfigurationBuilder()
                .AddJsonFile(path, optional: false, reloadOnChange: false)
                .AddInMemoryCollection(Overrides(configuration))
                .Build());
        }
        catch (InvalidDataException malformed)
        {
            throw new StartupException($"{path} is not valid JSON: {malformed.InnerException?.Message}", malformed);
        }
    }

    // Not chained as a configuration of its own: that would drop empty values, which count for the host.
    private static IEnumerable<KeyValuePair<string, string?>> Overrides(IConfiguration configuration) =>
        configuration.GetSection("AzureFunctionsJobHost")
            .AsEnumerable(makePathsRelative: true)
            .Where(static entry => entry.Value is not null);

    private bool MessagesAreBase64() => (_values["extensions:queues:messageEncoding"] ?? "base64").ToUpperInvariant() switch
    {
        "BASE64" => true,
        "NONE" => false,
        var other => throw Invalid("extensions:queues:messageEncoding", other, "base64 or none"),
    };

    private int Number(string key, int absent, int min, int max) => OptionalNumber(key, min, max) ?? absent;

    private int? OptionalNumber(string key, int min, int max)
    {
        if (_values[key] is not { } text)
            return null;

        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Invalid(key, text, $"a whole number from {min} to {max}");
    }

    private TimeSpan Duration(string key, TimeSpan absent) => OptionalDuration(key) ?? absent;

    private TimeSpan? OptionalDuration(string key)
    {
        if (_values[key] is not { } text)
            return null;

        if (text == "-1")
            return Timeout.InfiniteTimeSpan;

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration >= TimeSpan.Zero
            ? duration
            : throw Invalid(key, text, "a duration such as 00:00:10");
    }

    private static StartupException Invalid(string key, string found, string expected) =>
        new($"{FileName}: {key.Replace(':', '.')} is '{found}', not {expected}.");
}

/// <summary>How queues are polled: section <c>extensions.queues</c> of host.json.</summary>
/// <param name="BatchSize">Messages taken at once, 1 to 32.</param>
/// <param name="NewBatchThreshold">
/// The next batch is fetched when no more than this many are still running. Null: half the batch size per processor.
/// </param>
/// <param name="MaxDequeueCount">Attempts before a message goes to the poison queue, 1 or more.</param>
/// <param name="VisibilityTimeout">How long a failed message stays hidden before its next attempt.</param>
/// <param name="MaxPollingInterval">
/// The longest pause between two looks at an empty queue. Null: one minute, two seconds in Development.
/// </param>
/// <param name="MessagesAreBase64">Whether message texts are base64, as the host expects by default, or plain.</param>
internal sealed record QueueSettings(
    int BatchSize,
    int? NewBatchThreshold,
    int MaxDequeueCount,
    TimeSpan VisibilityTimeout,
    TimeSpan? MaxPollingInterval,
    bool MessagesAreBase64);
