using DrugResponse.Client.Cli.Display;

namespace DrugResponse.Client.Cli.Submissions;

/// <summary>Brings an input to the service, keeps how far that is, and goes on where an earlier attempt stopped. Not thread-safe.</summary>
internal sealed class Submitter(IDrugResponseApi api, IProgressDisplay display)
{
    private const string Step = "Sending";

    /// <summary>Submits the input unless that is done already.</summary>
    /// <param name="input">The input.</param>
    /// <param name="submission">How far it is.</param>
    /// <param name="uploadAbove">Inputs longer than this are uploaded by themselves.</param>
    /// <param name="cancellationToken">Ends the work; it can be gone on with.</param>
    /// <returns>How far it is then: there is a batch.</returns>
    /// <exception cref="UnusableFileException">It has more bytes than the service takes.</exception>
    public async Task<Submission> SubmitAsync(InputFile input, Submission submission, long uploadAbove, CancellationToken cancellationToken)
    {
        if (submission.BatchId is not null)
            return submission;

        submission.Save(input);
        var isUploaded = input.Length > uploadAbove;
        if (isUploaded && submission.Upload is { } earlier)
            Show(earlier);
        var cohort = new CohortInput
        {
            Format = input.Format,
            Length = input.Length,
            Open = () => isUploaded ? input.Open() : display.Watch(input.Open(), Step),
            UploadAbove = uploadAbove,
            Upload = submission.Upload,
            KeepUpload = (upload, _) =>
            {
                (submission with { Upload = upload }).Save(input);
                Show(upload);
                return ValueTask.CompletedTask;
            },
        };
        try
        {
            var batch = await api.SubmitBatchAsync(cohort, submission.Batch, cancellationToken);
            return (submission with { BatchId = batch.BatchId, Upload = null }).Save(input);
        }
        catch (CohortTooLargeException large)
        {
            Submission.Forget(input);
            throw new UnusableFileException(large.Message);
        }
    }

    // Sent blocks are no file yet: only the end of the upload is the end of the step.
    private void Show(CohortUpload upload)
    {
        if (upload.IsCommitted || upload.SentBlocks < upload.Blocks)
            display.Show(Step, upload.SentBlocks, upload.Blocks, "blocks");
    }
}
