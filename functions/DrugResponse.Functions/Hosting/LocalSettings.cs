using System.Text.Json;

namespace DrugResponse.Functions.Hosting;

/// <summary>
/// Reads <c>local.settings.json</c>, the file in which users of the Functions tools keep their local settings:
/// <c>Values</c> holds settings under the names of environment variables, <c>Host.LocalHttpPort</c> the port.
/// </summary>
internal static class LocalSettings
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "local.settings.json";

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Finds the file: beside the program, else in the current folder, else in the root of the repository.</summary>
    /// <param name="contentRoot">The program's folder.</param>
    /// <returns>The full path, or null when there is no such file.</returns>
    public static string? Find(string contentRoot) =>
        new[] { contentRoot, Environment.CurrentDirectory, RepositoryRoot.Find() }
            .OfType<string>()
            .Select(static folder => Path.Combine(folder, FileName))
            .FirstOrDefault(File.Exists);

    /// <summary>Reads the file into configuration keys (<c>__</c> in a name separates sections, as in environment variables).</summary>
    /// <param name="path">The file.</param>
    /// <returns>Key and value pairs.</returns>
    /// <exception cref="StartupException">The file is no JSON object, is encrypted, or a value is an object or an array.</exception>
    public static Dictionary<string, string?> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            return Read(document.RootElement, path);
        }
        catch (JsonException malformed)
        {
            throw new StartupException($"{path} is not valid JSON: {malformed.Message}", malformed);
        }
    }

    private static Dictionary<string, string?> Read(JsonElement root, string path)
    {
        if (root.ValueKind is not JsonValueKind.Object)
            throw new StartupException($"{path} must hold a JSON object.");

        if (root.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind is JsonValueKind.True)
            throw new StartupException($"{path} is encrypted. Decrypt it with 'func settings decrypt'.");

        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

        if (root.TryGetProperty("Host", out var host) && host.ValueKind is JsonValueKind.Object
            && host.TryGetProperty("LocalHttpPort", out var port))
            settings[$"{HostingOptions.Section}:{nameof(HostingOptions.Port)}"] = Scalar(port, "Host.LocalHttpPort", path);

        if (root.TryGetProperty("Values", out var values) && values.ValueKind is JsonValueKind.Object)
        {
            foreach (var value in values.EnumerateObject())
                settings[value.Name.Replace("__", ":", StringComparison.Ordinal)] = Scalar(value.Value, $"Values.{value.Name}", path);
        }

        return settings;
    }

    private static string? Scalar(JsonElement value, string name, string path) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        JsonValueKind.Object or JsonValueKind.Array =>
            throw new StartupException($"{path}: {name} must be a text, not an object or an array."),
        _ => value.GetRawText(),
    };
}
