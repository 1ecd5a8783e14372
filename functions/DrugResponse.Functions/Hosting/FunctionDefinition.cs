using System.Text.Json;

namespace DrugResponse.Functions.Hosting;

/// <summary>A function, as its function.json describes it to the Functions host.</summary>
/// <param name="Name">The name of the folder that the file lies in.</param>
/// <param name="Trigger">What invokes it.</param>
internal sealed record FunctionDefinition(string Name, FunctionTrigger Trigger)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "function.json";

    /// <summary>Reads all definitions one level below a folder, as the host does.</summary>
    /// <param name="contentRoot">The program's folder.</param>
    /// <param name="configuration">Gives the values of <c>%NAME%</c> placeholders.</param>
    /// <returns>The definitions, ordered by name.</returns>
    /// <exception cref="StartupException">A file is malformed, or describes no function that this program can serve.</exception>
    public static IReadOnlyList<FunctionDefinition> ReadAll(string contentRoot, IConfiguration configuration) =>
    [
        .. Directory.EnumerateDirectories(contentRoot)
            .Where(static folder => File.Exists(Path.Combine(folder, FileName)))
            .Order(StringComparer.Ordinal)
            .Select(folder => Read(folder, configuration)),
    ];

    private static FunctionDefinition Read(string folder, IConfiguration configuration)
    {
        var name = Path.GetFileName(folder);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, FileName)));
            var triggers = document.RootElement.GetProperty("bindings").EnumerateArray()
                .Where(static binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase))
                .ToArray();

            return triggers is [var trigger]
                ? new FunctionDefinition(name, FunctionTrigger.Read(new BindingReader(trigger, configuration)))
                : throw new StartupException($"{name}/{FileName} must have exactly one trigger, not {triggers.Length}.");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new StartupException($"{name}/{FileName} is not a function definition: {fault.Message}", fault);
        }
    }
}

/// <summary>What invokes a function.</summary>
/// <param name="BindingName">The binding's name: the key of its value in an invocation's data.</param>
internal abstract record FunctionTrigger(string BindingName)
{
    /// <summary>Reads a trigger binding.</summary>
    /// <param name="binding">The binding.</param>
    /// <returns>The trigger.</returns>
    /// <exception cref="FormatException">The type of trigger is none that this program serves.</exception>
    public static FunctionTrigger Read(BindingReader binding) => binding.Required("type") switch
    {
        "httpTrigger" => new HttpTrigger(binding.Required("name"), binding.Required("route"), binding.Texts("methods")),
        "queueTrigger" => new QueueTrigger(
            binding.Required("name"),
            binding.Required("queueName").ToLowerInvariant(),
            binding.Optional("connection") is { Length: > 0 } connection ? connection : QueueTrigger.DefaultConnection,
            IsBinary: binding.Optional("dataType") == "binary"),
        "timerTrigger" => new TimerTrigger(binding.Required("name"), binding.Required("schedule"), binding.Flag("runOnStartup")),
        var other => throw new FormatException($"the trigger type '{other}' is not served."),
    };
}

/// <summary>An HTTP request.</summary>
/// <param name="BindingName">The binding's name.</param>
/// <param name="Route">The route below the route prefix.</param>
/// <param name="Methods">The methods, as written; empty for all.</param>
internal sealed record HttpTrigger(string BindingName, string Route, IReadOnlyList<string> Methods) : FunctionTrigger(BindingName);

/// <summary>A message in a storage queue.</summary>
/// <param name="BindingName">The binding's name.</param>
/// <param name="QueueName">The queue.</param>
/// <param name="Connection">The name of the setting, or group of settings, that leads to the storage account.</param>
/// <param name="IsBinary">Whether the message is handed over as bytes, unambiguously.</param>
internal sealed record QueueTrigger(string BindingName, string QueueName, string Connection, bool IsBinary) : FunctionTrigger(BindingName)
{
    /// <summary>The connection of a binding that names none.</summary>
    public const string DefaultConnection = "AzureWebJobsStorage";
}

/// <summary>A schedule.</summary>
/// <param name="BindingName">The binding's name.</param>
/// <param name="Schedule">A cron expression of five or six fields, or an interval as <c>hh:mm:ss</c>.</param>
/// <param name="RunOnStartup">Whether the function also runs when the process starts.</param>
internal sealed record TimerTrigger(string BindingName, string Schedule, bool RunOnStartup) : FunctionTrigger(BindingName);

/// <summary>Reads the members of a binding; <c>%NAME%</c> in a text stands for a setting.</summary>
/// <param name="binding">The binding.</param>
/// <param name="configuration">The settings.</param>
internal sealed class BindingReader(JsonElement binding, IConfiguration configuration)
{
    /// <summary>A text that must be there.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The text.</returns>
    public string Required(string name) => Resolve(binding.GetProperty(name).GetString()!);

    /// <summary>A text that may be missing.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The text, or null.</returns>
    public string? Optional(string name) => binding.TryGetProperty(name, out var value) ? Resolve(value.GetString()!) : null;

    /// <summary>A list of texts that may be missing.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The texts, or none.</returns>
    public IReadOnlyList<string> Texts(string name) =>
        binding.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(static value => value.GetString()!)] : [];

    /// <summary>A truth value that may be missing.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The value; false when it is missing.</returns>
    public bool Flag(string name) => binding.TryGetProperty(name, out var value) && value.GetBoolean();

    private string Resolve(string text)
    {
        if (text is not ['%', .. { Length: > 0 } name, '%'])
            return text;

        return configuration[name.Replace("__", ":", StringComparison.Ordinal)]
            ?? throw new FormatException($"the setting '{name}' that it refers to is missing.");
    }
}
