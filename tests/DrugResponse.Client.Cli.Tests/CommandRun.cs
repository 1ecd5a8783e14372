using System.CommandLine;
using DrugResponse.Client.Cli.Commands;

namespace DrugResponse.Client.Cli.Tests;

/// <summary>A command that was run.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> OfAsync(CancellationToken cancellationToken, params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, Error = error };
        var exitCode = await CliRoot.Create().Parse(args).InvokeAsync(configuration, cancellationToken);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The id of the batch that the output names.</summary>
    public string BatchId =>
        Output.Split('\n').Single(static line => line.StartsWith("Batch ", StringComparison.Ordinal))["Batch ".Length..].Trim();
}
