using DrugResponse.Client.Cli.Display;
using DrugResponse.Client.Cli.Service;
using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client.Cli.Submissions;

/// <summary>Brings an input to the service, and goes on where an earlier attempt stopped. Not thread-safe.</summary>
internal sealed class Submitter(ServiceClient service, BlockUploader uploader, IProgressDisplay display, TimeProvider clock)
{
    /// <summary>
    /// Inputs up to this length go with the request, which front ends cut off at 100 MB or after 230 s: at 300 kbit/s that is just enough.
    /// 8 MiB.
    /// </summary>
    public const long LongestDirect = 8 * 1024 * 1024;

    /// <summary>An address that stops working so soon is not begun with.</summary>
    private static readonly TimeSpan UploadMargin = TimeSpan.FromMinutes(10);

    /// <summary>Submits the input unless that is done already.</summary>
    /// <param name="input">The input.</param>
    /// <param name="submission">How far it is.</param>
    /// <param name="longestDirect">Inputs longer than this are uploaded by themselves.</param>
    /// <param name="cancellationToken">Ends the work; it can be gone on with.</param>
    /// <returns>How far it is then: there is a batch.</returns>
    public async Task<Submission> SubmitAsync(InputFile input, Submission submission, long longestDirect, CancellationToken cancellationToken)
    {
        if (submission.BatchId is not null)
            return submission;

        submission.Save(input);
        BatchStatus batch;
        if (input.Length <= longestDirect)
        {
            batch = await service.SubmitAsync(
                submission.Query, submission.IdempotencyKey, input.MediaType, () => display.Watch(input.Open(), "Sending"), cancellationToken);
        }
        else
        {
            submission = await UploadAsync(input, submission, cancellationToken);
            var query = $"{submission.Query}&upload={submission.UploadId}&input={input.Format}";
            batch = await service.SubmitAsync(query, submission.IdempotencyKey, cancellationToken);
        }

        return (submission with { BatchId = batch.BatchId, UploadAddress = null }).Save(input);
    }

    private async Task<Submission> UploadAsync(InputFile input, Submission submission, CancellationToken cancellationToken)
    {
        if (submission.IsCommitted)
            return submission;

        if (submission.UploadAddress is null || submission.UploadExpiresAt < clock.GetUtcNow() + UploadMargin)
        {
            var upload = await service.CreateUploadAsync(cancellationToken);
            if (input.Length > upload.MaxBytes)
                throw new UnusableFileException($"The file has {input.Length} bytes; the service takes at most {upload.MaxBytes}. Compress it with gzip, or split it.");
            submission = (submission with
            {
                UploadId = upload.UploadId,
                UploadAddress = new Uri(upload.Address),
                UploadExpiresAt = upload.ExpiresAt,
                UploadedBlocks = 0,
            }).Save(input);
        }

        var blocks = BlockUploader.BlocksOf(input.Length);
        await using var file = input.Open();
        while (submission.UploadedBlocks < blocks)
        {
            display.Show("Sending", submission.UploadedBlocks, blocks, "blocks");
            await uploader.SendAsync(submission.UploadAddress!, file, submission.UploadedBlocks, cancellationToken);
            submission = (submission with { UploadedBlocks = submission.UploadedBlocks + 1 }).Save(input);
        }

        await uploader.CommitAsync(submission.UploadAddress!, blocks, cancellationToken);
        display.Show("Sending", blocks, blocks, "blocks");
        return (submission with { IsCommitted = true }).Save(input);
    }
}
