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
        var outputs = OutputFiles.Choose(input, choices.Batch.ResultsFormat, choices.ResultsPath, choices.ErrorsPath);
        var submission = await FindAsync(session, input, choices, cancellationToken);
        try
        {
            submission = await new Submitter(session.Api, session.Display)
                .SubmitAsync(input, submission, choices.UploadAbove, cancellationToken);
        }
        catch (DrugResponseApiException refusal)
        {
            // A cohort that cannot be a batch, or an upload that is gone, would be refused again: the next attempt begins anew. A key that
            // is not accepted says nothing about it.
            if (refusal.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge
                or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity || IsGone(refusal))
                Submission.Forget(input);
            throw;
        }

        session.Display.Say($"Batch {submission.BatchId}");
        if (choices.Detach)
            return ExitCodes.Success;

        var end = await BatchWait.UntilEndAsync(session, submission.BatchId!, cancellationToken);
        await ReadAsync(session, end, outputs, choices.Batch.ResultsFormat, cancellationToken);
        Submission.Forget(input);
        await BatchReport.WriteAsync(session, end);
        return ExitCodes.Of(end);
    }

    private static async Task<Submission> FindAsync(
        Session session, InputFile input, SubmitChoices choices, CancellationToken cancellationToken)
    {
        var submission = Submission.LoadOrBegin(input, session.Server.AbsoluteUri, choices.Batch);
        if (submission.BatchId is not { } kept)
            return submission;

        try
        {
            await session.Api.GetBatchAsync(kept, cancellationToken);
            return submission;
        }
        catch (DrugResponseApiException refusal) when (IsGone(refusal))
        {
            session.Display.Say($"Batch {kept}, sent earlier, is not there any more. The file is sent anew.");
            Submission.Forget(input);
            return Submission.LoadOrBegin(input, session.Server.AbsoluteUri, choices.Batch);
        }
    }

    // Without a problem it was something else that answered in the service's place.
    private static bool IsGone(DrugResponseApiException refusal) =>
        refusal is { StatusCode: HttpStatusCode.NotFound, Problem: not null };

    // Both files, though one may be without rows: what an earlier run left there would be taken for this one's.
    private static async Task ReadAsync(
        Session session, BatchStatus end, OutputFiles outputs, string format, CancellationToken cancellationToken)
    {
        File.Delete(outputs.Errors);
        await LineDownload.ReadResultsAsync(session, end.BatchId, format, outputs.Results, cancellationToken);
        session.Display.Say($"Results: {outputs.Results}");
        await LineDownload.ReadErrorsAsync(session, end.BatchId, format, outputs.Errors, cancellationToken);
        session.Display.Say($"Errors: {outputs.Errors}");
    }
}
