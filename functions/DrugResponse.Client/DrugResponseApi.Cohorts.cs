using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client;

/// <content>Large cohorts.</content>
internal sealed partial class DrugResponseApi
{
    /// <inheritdoc />
    public async Task<BatchStatus> SubmitBatchAsync(CohortInput input, BatchSubmission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(submission);
        if (input.Length <= input.UploadAbove)
        {
            var message = Submission(submission, "");
            message.Content = new CohortInputContent(input);
            return await _connection.SendAsync(message, Json.BatchStatus, cancellationToken).ConfigureAwait(false);
        }

        using var storage = clients.CreateClient(DrugResponseClientRegistration.StorageClient);
        var upload = await new CohortUploader(this, new BlockUploader(storage, time), time)
            .UploadAsync(input, cancellationToken).ConfigureAwait(false);
        return await SubmitUploadAsync(upload.UploadId, input.Format, submission, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<Stream> OpenBatchResultsAsync(string batchId, string format, long afterLine, CancellationToken cancellationToken) =>
        OpenLinesAsync(Results(batchId), format, afterLine, cancellationToken);

    /// <inheritdoc />
    public Task<Stream> OpenBatchErrorsAsync(string batchId, string format, long afterLine, CancellationToken cancellationToken) =>
        OpenLinesAsync(Errors(batchId), format, afterLine, cancellationToken);

    /// <inheritdoc />
    public Task DownloadBatchResultsAsync(
        string batchId, string path, string format, IProgress<long>? progress, CancellationToken cancellationToken) =>
        DownloadAsync(Results(batchId), path, $"{batchId}.results", format, progress, cancellationToken);

    /// <inheritdoc />
    public Task DownloadBatchErrorsAsync(
        string batchId, string path, string format, IProgress<long>? progress, CancellationToken cancellationToken) =>
        DownloadAsync(Errors(batchId), path, $"{batchId}.errors", format, progress, cancellationToken);

    private async Task<Stream> OpenLinesAsync(string path, string format, long afterLine, CancellationToken cancellationToken)
    {
        // Closing the stream gives the connection back, so nothing is left of the answer to dispose of.
        var response = await _connection
            .OpenLinesAsync(path, format, afterLine, _connection.Persevere(), cancellationToken).ConfigureAwait(false);
        return await _connection.ReadLinesAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private Task DownloadAsync(
        string from, string path, string source, string format, IProgress<long>? progress, CancellationToken cancellationToken) =>
        new BatchDownload(_connection, from, new BatchLineFile(path, source, format), format, progress).ReadAsync(cancellationToken);
}
