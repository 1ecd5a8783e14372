using System.CommandLine;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client.Cli.Commands;

/// <summary><c>results</c>: reads the results, or the errors, of a batch that has ended.</summary>
internal static class ResultsCommand
{
    public static Command Create()
    {
        var batch = new Argument<string>("batch") { Description = "The batch's id." };
        var output = new Option<string>("--output", "-o")
        {
            Description = "The file that they go to, in place of an earlier one.", Required = true,
        };
        var format = new Option<string>("--format") { Description = "Their form.", DefaultValueFactory = static _ => BatchFormats.NdJson };
        format.AcceptOnlyFromAmong(BatchFormats.NdJson, BatchFormats.Csv);
        var errors = new Option<bool>("--errors") { Description = "Read the errors in place of the results. It takes no value." };
        var service = new ServiceOptions();
        var command = new Command("results", "Read the results of a batch, once it has ended, into a file.")
        {
            batch, output, format, errors,
        };
        service.AddTo(command);
        command.SetAction((result, cancellationToken) => service.RunAsync(
            result,
            async session =>
            {
                var end = await BatchWait.UntilEndAsync(session, result.GetRequiredValue(batch), cancellationToken);
                var (form, path) = (result.GetRequiredValue(format), result.GetRequiredValue(output));
                await (result.GetValue(errors)
                    ? LineDownload.ReadErrorsAsync(session, end.BatchId, form, path, cancellationToken)
                    : LineDownload.ReadResultsAsync(session, end.BatchId, form, path, cancellationToken));
                return ExitCodes.Of(end);
            },
            cancellationToken));
        return command;
    }
}
