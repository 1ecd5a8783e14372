namespace DrugResponse.Functions.Hosting;

/// <summary>
/// The names of all settings below <c>DrugResponse</c>. One that is none of them stops the start: a misspelt setting would silently leave
/// its default in force.
/// </summary>
internal static class KnownSettings
{
    private const string Root = "DrugResponse";
    private const string AnyKey = "*";

    /// <summary>Each name with <c>:</c> between sections; <c>*</c> stands for any number or key of a list or map.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "DrugResponse:Access:KeysKnownFor",
        "DrugResponse:Access:QueueTenant",
        "DrugResponse:Access:Tenant",
        "DrugResponse:Access:Tokens:Audience",
        "DrugResponse:Access:Tokens:Authority",
        "DrugResponse:Access:Tokens:ClockSkew",
        "DrugResponse:Access:Tokens:RoleClaim",
        "DrugResponse:Access:Tokens:Tenant",
        "DrugResponse:Access:Tokens:TenantClaim",
        "DrugResponse:Batches:ChunkRows",
        "DrugResponse:Batches:MaxRows",
        "DrugResponse:Batches:Retention:Inputs",
        "DrugResponse:Batches:Retention:Results",
        "DrugResponse:Batches:StallTimeout",
        "DrugResponse:Batches:UploadLifetime",
        "DrugResponse:Batches:UploadStorage:AccountName",
        "DrugResponse:Batches:UploadStorage:ConnectionString",
        "DrugResponse:Batches:Webhooks:Hosts:*",
        "DrugResponse:Batches:Webhooks:Key",
        "DrugResponse:Cors:Origins:*",
        "DrugResponse:Hosting:Address",
        "DrugResponse:Hosting:Port",
        "DrugResponse:Limits:Burst",
        "DrugResponse:Limits:Concurrent",
        "DrugResponse:Limits:RequestsPerSecond",
        "DrugResponse:Limits:Tenants:*:Burst",
        "DrugResponse:Limits:Tenants:*:Concurrent",
        "DrugResponse:Limits:Tenants:*:RequestsPerSecond",
        "DrugResponse:Limits:Tenants:*:Waiting",
        "DrugResponse:Limits:Waiting",
        "DrugResponse:Models:PublicKeys:*",
        "DrugResponse:Models:WatchInterval",
        "DrugResponse:Protection:CurrentVersion",
        "DrugResponse:Protection:Keys:*",
        "DrugResponse:Pseudonyms:CurrentVersion",
        "DrugResponse:Pseudonyms:Keys:*",
        "DrugResponse:Retention:IdempotencyKeys",
        "DrugResponse:Retention:Predictions",
        "DrugResponse:Retention:QueueFailures",
        "DrugResponse:Triggers:Enabled",
        "DrugResponse:Triggers:MessageInvisibility",
    ];

    /// <summary>Whether a name is that of a setting.</summary>
    /// <param name="name">The name, with <c>:</c> between sections; letter case does not matter.</param>
    public static bool Contains(string name)
    {
        var sections = name.Split(':');
        return Names.Any(known => Matches(known.Split(':'), sections));
    }

    /// <summary>Refuses settings that this app does not have.</summary>
    /// <param name="configuration">All settings.</param>
    /// <exception cref="StartupException">There is one; the message names it, without its value.</exception>
    public static void RefuseOthers(IConfiguration configuration)
    {
        // Without a value it sets nothing; some sources list sections that way.
        var unknown = configuration.GetSection(Root).AsEnumerable()
            .Where(static setting => !string.IsNullOrEmpty(setting.Value) && !Contains(setting.Key))
            .Select(static setting => setting.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (unknown.Count > 0)
            throw new StartupException($"Not a setting of this app: {string.Join(", ", unknown)}.");
    }

    private static bool Matches(string[] known, string[] name) =>
        known.Length == name.Length
        && known.Zip(name).All(static pair => pair.First == AnyKey || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
}
