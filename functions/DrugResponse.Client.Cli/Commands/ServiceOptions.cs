using System.CommandLine;
using System.CommandLine.Parsing;
using DrugResponse.Client.Cli.Display;
using DrugResponse.Client.Cli.Submissions;
using DrugResponse.Contracts.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace DrugResponse.Client.Cli.Commands;

/// <summary>
/// The options that all commands have, and what comes of them: a client, a display, and exit codes for all that can go wrong.
/// </summary>
internal sealed class ServiceOptions
{
    private readonly Option<Uri> _server = new("--server", "-s")
    {
        Description = "The service's address. Default: the variable DRUGRESPONSE_SERVER, else http://localhost:7071.",
        DefaultValueFactory = static result => ReadServer(
            result,
            Environment.GetEnvironmentVariable("DRUGRESPONSE_SERVER") is { Length: > 0 } server ? server : "http://localhost:7071")!,
        CustomParser = static result => ReadServer(result, result.Tokens.Single().Value),
    };

    private readonly Option<string?> _apiKey = new("--api-key")
    {
        Description = "Your key. Default: the variable DRUGRESPONSE_API_KEY, where other users of the machine cannot see it.",
    };

    private readonly Option<bool> _allowHttp = new("--allow-http")
    {
        Description = "Send the key over plain http to another machine, where others may read it. To this machine it goes anyway.",
    };

    private readonly Option<int> _patience = new("--patience")
    {
        Description = "For how many seconds to go on while the service does not answer.",
        DefaultValueFactory = static _ => 600,
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_server);
        command.Options.Add(_apiKey);
        command.Options.Add(_allowHttp);
        command.Options.Add(_patience);
    }

    /// <summary>Runs a command.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="run">Does the work and gives the exit code.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<int> RunAsync(ParseResult result, Func<Session, Task<int>> run, CancellationToken cancellationToken)
    {
        var console = result.InvocationConfiguration;
        try
        {
            await using var display = CreateDisplay(console);
            var server = result.GetRequiredValue(_server);
            var patience = TimeSpan.FromSeconds(Math.Max(0, result.GetValue(_patience)));
            await using var services = ServiceConnection.Open(
                server, ApiKey(result), result.GetValue(_allowHttp), patience, display.Say);
            return await run(new Session(services.GetRequiredService<IDrugResponseApi>(), display, server, console.Output));
        }
        catch (DrugResponseApiException refusal)
        {
            await WriteAsync(console.Error, refusal);
            return ExitCodes.Refused;
        }
        catch (DrugResponseUnavailableException unreachable)
        {
            await console.Error.WriteLineAsync($"{unreachable.Message} Run the same command again to go on.");
            return ExitCodes.Unreachable;
        }
        catch (OptionsValidationException unusable)
        {
            foreach (var fault in unusable.Failures)
                await console.Error.WriteLineAsync($"The server or the key cannot be used: {fault}");
            return ExitCodes.Unusable;
        }
        catch (ArgumentException unusable) when (unusable.ParamName == "batchId")
        {
            await console.Error.WriteLineAsync("That is no id of a batch.");
            return ExitCodes.Unusable;
        }
        catch (Exception unusable) when (unusable is UnusableFileException or IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync(unusable.Message);
            return ExitCodes.Unusable;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync("Interrupted. Run the same command again to go on.");
            return ExitCodes.Interrupted;
        }
    }

    /// <summary>Writes down why the service refused: in words, and every fault at its place.</summary>
    public static async Task WriteAsync(TextWriter output, Problem problem)
    {
        await output.WriteLineAsync(problem.Detail is { } detail ? $"{problem.Title} {detail}" : problem.Title);
        foreach (var (pointer, messages) in problem.Errors ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            foreach (var message in messages)
                await output.WriteLineAsync($"  {pointer}: {message}");
        }
    }

    // No default of the option: the help would show it.
    private string? ApiKey(ParseResult result) =>
        (result.GetValue(_apiKey) ?? Environment.GetEnvironmentVariable("DRUGRESPONSE_API_KEY")) is { Length: > 0 } key ? key : null;

    private static Uri? ReadServer(ArgumentResult result, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var server) && server.Scheme is "http" or "https")
            return server;
        result.AddError("The server must be an absolute http or https address.");
        return null;
    }

    private static async Task WriteAsync(TextWriter error, DrugResponseApiException refusal)
    {
        if (refusal.Problem is { } problem)
            await WriteAsync(error, problem);
        else
            await error.WriteLineAsync(refusal.Message);
    }

    private static IProgressDisplay CreateDisplay(InvocationConfiguration console) =>
        ReferenceEquals(console.Output, Console.Out) && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive
            ? new LiveProgress(AnsiConsole.Console)
            : new PlainProgress(console.Output, TimeProvider.System);
}

/// <summary>What a running command works with.</summary>
/// <param name="Api">The service. What fails in passing is repeated.</param>
/// <param name="Display">Shows progress.</param>
/// <param name="Server">The service's address.</param>
/// <param name="Output">Where answers are written.</param>
internal sealed record Session(IDrugResponseApi Api, IProgressDisplay Display, Uri Server, TextWriter Output);
