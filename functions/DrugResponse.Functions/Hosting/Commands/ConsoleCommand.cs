namespace DrugResponse.Functions.Hosting.Commands;

/// <summary>
/// Something that an operator does by the program itself, without serving: <c>dotnet run --project functions/DrugResponse.Functions -- keys
/// list</c>. It has the settings and services of the app.
/// </summary>
/// <param name="Name">The first word on the command line.</param>
/// <param name="Usage">How to write it, a line for each form.</param>
/// <param name="RunAsync">Does the work and gives the exit code, 0 for success.</param>
internal sealed record ConsoleCommand(
    string Name, IReadOnlyList<string> Usage, Func<IServiceProvider, CommandLine, CancellationToken, Task<int>> RunAsync);

/// <summary>What stands on the command line: words, and options behind them.</summary>
internal sealed class CommandLine
{
    private readonly IConfiguration _options;

    private CommandLine(IReadOnlyList<string> words, IConfiguration options)
    {
        Words = words;
        _options = options;
    }

    /// <summary>The words before the first option.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The command line.</param>
    public static CommandLine Parse(string[] args)
    {
        var words = args.TakeWhile(IsWord).ToArray();
        return new CommandLine(words, new ConfigurationBuilder().AddCommandLine(args[words.Length..]).Build());
    }

    /// <summary>The value of an option, or null when it was not given.</summary>
    /// <param name="name">Its name without hyphens.</param>
    public string? Find(string name) => _options[name];

    /// <summary>The value of an option that must be given.</summary>
    /// <param name="name">Its name without hyphens.</param>
    /// <exception cref="CommandException">It was not given.</exception>
    public string Require(string name) => Find(name) ?? throw new CommandException($"The option --{name} is required.");

    private static bool IsWord(string argument) => !argument.StartsWith('-') && !argument.StartsWith('/') && !argument.Contains('=', StringComparison.Ordinal);
}

/// <summary>A command cannot be carried out for a reason that its user can mend; the message says which.</summary>
/// <param name="message">What is wrong.</param>
internal sealed class CommandException(string message) : Exception(message);
