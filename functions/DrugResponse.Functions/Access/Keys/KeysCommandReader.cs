using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Reading;
using DrugResponse.Functions.Hosting.Commands;
using DrugResponse.Storage;
using DrugResponse.Storage.Access;

namespace DrugResponse.Functions.Access.Keys;

/// <summary>
/// Reads the options of the command <c>keys</c>, all faults at once, by the same rules as the bodies of the endpoints. Not thread-safe.
/// </summary>
/// <param name="line">The command line.</param>
internal sealed class KeysCommandReader(CommandLine line)
{
    private const string TenantOption = "tenant";
    private const string KeyOption = "key";
    private const string OverlapOption = "overlap";

    private readonly List<string> _faults = [];

    /// <summary>Whose keys.</summary>
    public TenantName ReadTenant()
    {
        var text = line.Find(TenantOption);
        if (!TenantName.TryParse(text, out var tenant))
            _faults.Add(text is null ? $"--{TenantOption} is required." : $"--{TenantOption} must match {AccessOptions.TenantPattern}.");
        return tenant;
    }

    /// <summary>Which key.</summary>
    public ApiKeyId ReadKey()
    {
        var text = line.Find(KeyOption);
        if (!ApiKeyId.TryParse(text, out var id))
            _faults.Add(text is null ? $"--{KeyOption} is required." : $"--{KeyOption} must be a key id.");
        return id;
    }

    /// <summary>What a new key is to be; null when there is a fault.</summary>
    /// <param name="now">The present.</param>
    public ApiKeyRequest? ReadRequest(DateTimeOffset now)
    {
        var wanted = new JsonObject();
        if (line.Find("name") is { } name)
            wanted["name"] = name;
        if (line.Find("roles") is { } roles)
        {
            var words = roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            wanted["roles"] = new JsonArray([.. words.Select(static role => (JsonNode?)role)]);
        }

        if (line.Find("expires") is { } expires)
            wanted["expiresAt"] = expires;
        return Read(wanted, (root, faults) => ApiKeyRequestReader.Read(root, now, faults));
    }

    /// <summary>How long the old key goes on; null when that was not said, or there is a fault.</summary>
    public TimeSpan? ReadOverlap()
    {
        if (line.Find(OverlapOption) is not { } given)
            return null;
        if (!TimeSpan.TryParse(given, CultureInfo.InvariantCulture, out var overlap))
        {
            _faults.Add($"--{OverlapOption} must be a time such as 1.00:00:00.");
            return null;
        }

        Read(new JsonObject { ["overlapSeconds"] = overlap.TotalSeconds }, ApiKeyRequestReader.ReadRotation);
        return overlap;
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="CommandException">There are faults; the message names all of them.</exception>
    public void RefuseFaults()
    {
        if (_faults.Count > 0)
            throw new CommandException(string.Join(' ', _faults));
    }

    private T? Read<T>(JsonObject body, Func<JsonElement, FaultList, T?> read)
        where T : class
    {
        using var json = JsonDocument.Parse(body.ToJsonString());
        var faults = new FaultList();
        var content = read(json.RootElement, faults);
        foreach (var (path, messages) in faults.ToErrors())
            _faults.AddRange(messages.Select(message => $"{OptionOf(path)}: {message}"));
        return content;
    }

    private static string OptionOf(string path) => path.Split('/') switch
    {
        [_, "expiresAt"] => "--expires",
        [_, "overlapSeconds"] => $"--{OverlapOption}, in seconds",
        [_, var member, ..] => $"--{member}",
        _ => path,
    };
}
