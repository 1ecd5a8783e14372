using DrugResponse.Storage.Development;

namespace DrugResponse.Storage.Tables;

/// <summary>The parts of a storage connection string that the Table service needs.</summary>
internal sealed record TableConnectionString(Uri Endpoint, TableSharedKeyCredential Credential)
{
    private const string DefaultEndpointSuffix = "core.windows.net";

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="FormatException">It is malformed or lacks a part. The message never repeats a value: it may be the key.</exception>
    public static TableConnectionString Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var parts = Split(connectionString);
        if (parts.TryGetValue("UseDevelopmentStorage", out var development))
            return bool.TryParse(development, out var use) && use
                ? Parse(AzuriteEmulator.GetConnectionString(AzuritePorts.Development))
                : throw new FormatException("UseDevelopmentStorage in a storage connection string can only be true.");

        var account = Require(parts, "AccountName");
        var key = Require(parts, "AccountKey");
        try
        {
            return new TableConnectionString(ReadEndpoint(parts, account), new TableSharedKeyCredential(account, key));
        }
        catch (ArgumentException)
        {
            throw new FormatException("AccountKey in the storage connection string is not base64.");
        }
    }

    private static Dictionary<string, string> Split(string connectionString)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // A key in base64 ends in '=', so only the first one separates.
            var separator = part.IndexOf('=', StringComparison.Ordinal);
            if (separator <= 0)
                throw new FormatException("A storage connection string consists of name=value pairs separated by semicolons.");
            if (!parts.TryAdd(part[..separator].Trim(), part[(separator + 1)..].Trim()))
                throw new FormatException($"The storage connection string has {part[..separator].Trim()} twice.");
        }

        return parts;
    }

    private static string Require(Dictionary<string, string> parts, string name) =>
        parts.TryGetValue(name, out var value) && value.Length > 0
            ? value
            : throw new FormatException(
                $"The storage connection string lacks {name}. Without a key, give service addresses and a token credential instead.");

    private static Uri ReadEndpoint(Dictionary<string, string> parts, string account)
    {
        var text = parts.GetValueOrDefault("TableEndpoint");
        if (string.IsNullOrEmpty(text))
        {
            var protocol = parts.GetValueOrDefault("DefaultEndpointsProtocol", "https");
            text = $"{protocol}://{account}.table.{parts.GetValueOrDefault("EndpointSuffix", DefaultEndpointSuffix)}";
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? endpoint
            : throw new FormatException("The storage connection string gives no http or https address for the Table service.");
    }
}
