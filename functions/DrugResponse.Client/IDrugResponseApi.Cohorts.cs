using DrugResponse.Contracts.Batches;

namespace DrugResponse.Client;

/// <content>Large cohorts: inputs that are uploaded by themselves, and results as the text that the service sends.</content>
public partial interface IDrugResponseApi
{
    /// <summary>
    /// Submits a cohort that can be read again, up to what the service takes (2 GiB): with the request (<c>POST v1/batches</c>), or above
    /// <see cref="CohortInput.UploadAbove"/> in blocks to an address of its own (<c>POST v1/batches/uploads</c>), which
    /// <see cref="CohortInput.KeepUpload"/> and <see cref="CohortInput.Upload"/> make resumable. What fails in passing is repeated, in an
    /// upload block by block; a block may take 10 minutes, whatever the timeout of the client.
    /// </summary>
    /// <param name="input">The rows.</param>
    /// <param name="submission">What to do with them.</param>
    /// <param name="cancellationToken">Ends the call; the batch may be accepted all the same.</param>
    /// <returns>The batch; its input is safe.</returns>
    /// <exception cref="CohortTooLargeException">The service takes no input of that length.</exception>
    /// <exception cref="EndOfStreamException">The input has fewer bytes than it says.</exception>
    /// <exception cref="IOException">The input cannot be read. It is not tried again.</exception>
    Task<BatchStatus> SubmitBatchAsync(CohortInput input, BatchSubmission submission, CancellationToken cancellationToken = default);

    /// <summary>
    /// Opens results as the text that the service sends: <c>GET v1/batches/{batchId}/results</c>. A connection that breaks ends the reading
    /// with an <see cref="IOException"/>; another call goes on behind the last row that is at hand. In CSV a row has several lines, of
    /// which some may be missing at a break.
    /// </summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="format">
    /// <see cref="BatchFormats.NdJson"/>, or <see cref="BatchFormats.Csv"/>, whose header comes only without <paramref name="afterLine"/>.
    /// </param>
    /// <param name="afterLine">The line (of the input) of the last row that the caller has whole; 0 for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>UTF-8 text; the caller closes it.</returns>
    Task<Stream> OpenBatchResultsAsync(string batchId, string format, long afterLine = 0, CancellationToken cancellationToken = default);

    /// <summary>Opens faulty rows, as <see cref="OpenBatchResultsAsync"/> does results: <c>GET v1/batches/{batchId}/errors</c>.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="format">As for results.</param>
    /// <param name="afterLine">As for results.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>UTF-8 text; the caller closes it.</returns>
    Task<Stream> OpenBatchErrorsAsync(string batchId, string format, long afterLine = 0, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads all results of a batch that has ended into a file. Until they are whole they stand beside it, in
    /// <c>{path}.{batchId}.results.{format}.partial</c>. A connection that breaks is taken up where it broke, and so is such a file when it
    /// is called again, also by another process: the rows in it are not read again. Not by two at once into the same file.
    /// </summary>
    /// <param name="batchId">The batch. Of one that still runs the file would end with what can be read by now.</param>
    /// <param name="path">The file; one that is there is replaced at the end. Its folder must be there.</param>
    /// <param name="format"><see cref="BatchFormats.NdJson"/> or <see cref="BatchFormats.Csv"/>.</param>
    /// <param name="progress">Is told how many bytes the file has; null for none.</param>
    /// <param name="cancellationToken">Ends the reading; it can be gone on with.</param>
    /// <exception cref="IOException">The file cannot be written, or the connection broke beyond the client's repetitions.</exception>
    Task DownloadBatchResultsAsync(
        string batchId, string path, string format, IProgress<long>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Reads all faulty rows into a file, as <see cref="DownloadBatchResultsAsync"/> does results.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="path">As for results.</param>
    /// <param name="format">As for results.</param>
    /// <param name="progress">As for results.</param>
    /// <param name="cancellationToken">Ends the reading; it can be gone on with.</param>
    /// <exception cref="IOException">As for results.</exception>
    Task DownloadBatchErrorsAsync(
        string batchId, string path, string format, IProgress<long>? progress = null, CancellationToken cancellationToken = default);
}
