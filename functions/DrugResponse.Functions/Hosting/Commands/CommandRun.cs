using Azure;
using DrugResponse.Storage;

namespace DrugResponse.Functions.Hosting.Commands;

/// <summary>Runs a command with the services of the app, which does not serve meanwhile.</summary>
internal static class CommandRun
{
    /// <summary>The command could not be carried out.</summary>
    private const int Failed = 1;

    /// <summary>There is no such command.</summary>
    private const int Misused = 2;

    private const string HelpWord = "help";

    /// <summary>Runs the command that the command line names.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="commands">The commands that there are.</param>
    /// <param name="register">Adds the services of every capability.</param>
    /// <returns>The exit code, or null when the command line names no command and asks for no help.</returns>
    public static async Task<int?> RunAsync(string[] args, IReadOnlyList<ConsoleCommand> commands, Action<WebApplicationBuilder> register)
    {
        var line = CommandLine.Parse(args);
        var command = line.Words.Count == 0 ? null : commands.FirstOrDefault(command => command.Name == line.Words[0]);
        if (line.Words is [HelpWord, ..] || args.Any(static argument => argument is "--help" or "-h"))
        {
            await Console.Out.WriteLineAsync(command is null ? Usage(commands) : Describe([command]));
            return 0;
        }

        if (line.Words.Count == 0)
            return null;
        if (command is null)
        {
            await Console.Error.WriteLineAsync($"There is no command {line.Words[0]}.{Environment.NewLine}{Usage(commands)}");
            return Misused;
        }

        var builder = FunctionsAppBuilder.Create(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        register(builder);
        await using var app = builder.Build();
        return await RunAsync(command, app.Services, line);
    }

    private static async Task<int> RunAsync(ConsoleCommand command, IServiceProvider services, CommandLine line)
    {
        try
        {
            await EnsureCreatedAsync(services.GetRequiredService<StorageConnection>());
            return await command.RunAsync(services, line, CancellationToken.None);
        }
        catch (CommandException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} {Describe([command])}");
        }
        catch (Exception exception) when (StorageOutage.IsOutage(exception))
        {
            await Console.Error.WriteLineAsync("Storage does not answer.");
        }

        return Failed;
    }

    // Whoever runs a command on a deployed service may be let into a single table; everything is there then.
    private static async Task EnsureCreatedAsync(StorageConnection storage)
    {
        try
        {
            await StorageSchema.EnsureCreatedAsync(storage);
        }
        catch (RequestFailedException refused) when (refused.Status == 403)
        {
            // What the command itself may not do fails below.
        }
    }

    private static string Usage(IEnumerable<ConsoleCommand> commands) =>
        $"""
        Usage: DrugResponse.Functions [command [options]] [--Section:Key=value ...]

        Without a command it serves until it is stopped. A setting given as --Section:Key=value overrides local.settings.json and the
        environment. --help, -h or help, also behind a command, says how to write commands.

        {Describe(commands)}
        """;

    private static string Describe(IEnumerable<ConsoleCommand> commands) =>
        string.Join(Environment.NewLine + "  ", commands.SelectMany(static command => command.Usage).Prepend("Commands:"));
}
