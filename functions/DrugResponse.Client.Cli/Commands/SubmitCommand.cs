using System.CommandLine;
using System.Net;
using DrugResponse.Client.Cli.Submissions;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client.Cli.Commands;

/// <summary><c>submit</c>: sends a cohort, waits for its end, and reads its results.</summary>
internal static class SubmitCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The cohort: .csv, .ndjson, .jsonl or .json, each also with .gz." };
        var options = new SubmitOptions();
        var service = new ServiceOptions();
        var command = new Command(
            "submit", "Send a cohort, wait for its end, and read its results. Given again after a break, it goes on.") { file };
        options.AddTo(command);
        service.AddTo(command);
        command.SetAction((result, cancellationToken) => service.RunAsync(
            result,
            session => RunAsync(session, result.GetRequiredValue(file), options.Read(result), cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string path, SubmitChoices choices, CancellationToken cancellationToken)
    {
        var input = InputFile.Find(path, choices.Format);
        var submission = Submission.LoadOrBegin(input, session.Server.AbsoluteUri, choices.Batch);
        try
        {
            submission = await new Submitter(session.Api, session.Display)
                .SubmitAsync(input, submission, choices.UploadAbove, cancellationToken);
        }
        catch (DrugResponseApiException refusal)
        {
            // A cohort that cannot be a batch would be refused again: the next attempt begins anew. A key that is not accepted says nothing
            // about it.
            if (refusal.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge
                or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity)
                Submission.Forget(input);
            throw;
        }

        session.Display.Say($"Batch {submission.BatchId}");
        if (choices.Detach)
            return ExitCodes.Success;

        var end = await BatchWait.UntilEndAsync(session, submission.BatchId!, cancellationToken);
        await ReadAsync(session, input, end, choices, cancellationToken);
        Submission.Forget(input);
        await BatchReport.WriteAsync(session, end);
        return ExitCodes.Of(end);
    }

    private static async Task ReadAsync(
        Session session, InputFile input, BatchStatus end, SubmitChoices choices, CancellationToken cancellationToken)
    {
        var format = choices.Batch.ResultsFormat;
        if (end.Rows.Done > end.Rows.Failed)
        {
            var results = choices.ResultsPath ?? input.Beside($".results.{format}");
            await LineDownload.ReadResultsAsync(session, end.BatchId, format, results, cancellationToken);
            session.Display.Say($"Results: {results}");
        }

        if (end.Rows.Failed > 0)
        {
            var errors = choices.ErrorsPath ?? input.Beside($".errors.{format}");
            await LineDownload.ReadErrorsAsync(session, end.BatchId, format, errors, cancellationToken);
            session.Display.Say($"Errors: {errors}");
        }
    }
}
