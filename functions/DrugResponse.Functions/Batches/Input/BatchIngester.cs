using Azure;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Batches.Chunks;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Problems;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Batches.Input;

/// <summary>
/// Brings an input into storage, cut into chunks, as it streams in. Until it is whole nothing of it is to be seen. Thread-safe.
/// </summary>
internal sealed class BatchIngester(BatchInputStore inputs, BatchUploadStore uploads, IOptions<BatchSettings> settings)
{
    /// <summary>Reads an input to its end and stores it.</summary>
    /// <param name="tenant">Whose input.</param>
    /// <param name="id">An id that no other input has.</param>
    /// <param name="input">The input as sent.</param>
    /// <param name="format">Its form, one of <see cref="BatchFormats"/>.</param>
    /// <param name="candidates">Drugs to score in every row.</param>
    /// <param name="cancellationToken">Ends the reading; nothing is kept then.</param>
    /// <exception cref="InputRefusedException">The input cannot become a batch; nothing is kept of it.</exception>
    public async Task<BatchInput> IngestAsync(
        TenantName tenant, BatchId id, Stream input, string format, IReadOnlyList<string> candidates, CancellationToken cancellationToken)
    {
        var reader = new BatchRowReader(candidates, RequestLimits.MaxJsonDepth);
        using var chunk = new ChunkWriter();
        await using var writer = inputs.Create(tenant, id);
        await foreach (var frame in InputFrames.ReadAsync(input, format, BatchLimits.MaxRowBytes, cancellationToken))
        {
            if (writer.Rows + chunk.Rows == settings.Value.MaxRows)
                throw new InputRefusedException(ProblemResponses.TooManyRows(settings.Value.MaxRows));
            chunk.Add(frame.Line, frame.Json.IsEmpty ? new BatchRow(null, default, new()) : reader.Read(frame.Json.Span), frame.Fault);
            if (chunk.Rows == settings.Value.ChunkRows || chunk.Bytes >= BatchLimits.MaxChunkBytes)
                await HandOverAsync(chunk, writer, cancellationToken);
        }

        if (chunk.Rows > 0)
            await HandOverAsync(chunk, writer, cancellationToken);
        if (writer.Rows == 0)
            throw new InputRefusedException(ProblemResponses.NoRows());
        return await writer.CommitAsync(cancellationToken);
    }

    /// <summary>Looks for an upload.</summary>
    /// <param name="tenant">Whose upload.</param>
    /// <param name="upload">Its id.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Its version.</returns>
    /// <exception cref="InputRefusedException">There is none, or it is too large.</exception>
    public async Task<ETag> FindUploadAsync(TenantName tenant, BatchId upload, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(tenant, upload, cancellationToken) is not var (version, length))
            throw new InputRefusedException(ProblemResponses.BadRequest("Nothing was uploaded under this id, or its blocks were not committed."));
        return length <= BatchLimits.MaxUploadBytes
            ? version
            : throw new InputRefusedException(ProblemResponses.BodyTooLarge(BatchLimits.MaxUploadBytes));
    }

    /// <summary>Makes the input of a batch from its upload. The upload stays.</summary>
    /// <param name="batch">The batch; it has an upload.</param>
    /// <param name="id">An id that no other input has.</param>
    /// <param name="cancellationToken">Ends the reading; nothing is kept then.</param>
    /// <exception cref="InputRefusedException">The upload cannot become the batch, or is not what it was when it was submitted.</exception>
    public async Task<BatchInput> IngestUploadAsync(BatchRecord batch, BatchId id, CancellationToken cancellationToken)
    {
        var upload = batch.Upload ?? throw new ArgumentException("The batch has no upload.", nameof(batch));
        await using var content = await uploads.OpenAsync(batch.Tenant, upload.UploadId, upload.ETag, cancellationToken)
            ?? throw new InputRefusedException(ProblemResponses.UnreadableInput("The upload was changed or removed after it was submitted."));
        return await IngestAsync(batch.Tenant, id, content, upload.Format, batch.Request.Candidates, cancellationToken);
    }

    private static async Task HandOverAsync(ChunkWriter chunk, BatchInputWriter writer, CancellationToken cancellationToken)
    {
        var rows = chunk.Rows;
        await writer.AddAsync(chunk.Take(), rows, cancellationToken);
        chunk.Begin();
    }
}
