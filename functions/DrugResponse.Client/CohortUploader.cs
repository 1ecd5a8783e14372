namespace DrugResponse.Client;

/// <summary>Uploads an input in blocks, and goes on where an earlier attempt stopped. Memory holds one block.</summary>
internal sealed class CohortUploader(IDrugResponseApi api, BlockUploader storage, TimeProvider time)
{
    /// <summary>An address that stops working so soon is not begun with.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    /// <summary>Uploads the input unless that is done already.</summary>
    /// <returns>The upload, committed.</returns>
    public async Task<CohortUpload> UploadAsync(CohortInput input, CancellationToken cancellationToken)
    {
        if (input.Upload is { IsCommitted: true } complete)
            return complete;

        var blocks = CohortUpload.BlocksOf(input.Length);
        var upload = input.Upload is { } earlier && earlier.Blocks == blocks && earlier.ExpiresAt >= time.GetUtcNow() + Margin
            ? earlier
            : await BeginAsync(input, blocks, cancellationToken).ConfigureAwait(false);
        upload = await SendAsync(input, upload, cancellationToken).ConfigureAwait(false);
        await storage.CommitAsync(upload.Address, upload.Blocks, cancellationToken).ConfigureAwait(false);
        return await KeepAsync(input, upload with { IsCommitted = true }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CohortUpload> BeginAsync(CohortInput input, int blocks, CancellationToken cancellationToken)
    {
        var upload = await api.CreateBatchUploadAsync(cancellationToken).ConfigureAwait(false);
        if (input.Length > upload.MaxBytes)
            throw new CohortTooLargeException(input.Length, upload.MaxBytes);
        var begun = new CohortUpload
        {
            UploadId = upload.UploadId,
            Address = new Uri(upload.Address),
            ExpiresAt = upload.ExpiresAt,
            Blocks = blocks,
        };
        return await KeepAsync(input, begun, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CohortUpload> SendAsync(CohortInput input, CohortUpload upload, CancellationToken cancellationToken)
    {
        await using var stream = input.Open();
        var buffer = new byte[Math.Min(CohortUpload.BlockBytes, input.Length)];
        var position = Math.Min((long)upload.SentBlocks * CohortUpload.BlockBytes, input.Length);
        await SkipAsync(stream, position, buffer, cancellationToken).ConfigureAwait(false);
        while (upload.SentBlocks < upload.Blocks)
        {
            var block = buffer.AsMemory(0, (int)Math.Min(buffer.Length, input.Length - position));
            await stream.ReadExactlyAsync(block, cancellationToken).ConfigureAwait(false);
            await storage.SendAsync(upload.Address, upload.SentBlocks, block, cancellationToken).ConfigureAwait(false);
            position += block.Length;
            upload = await KeepAsync(input, upload with { SentBlocks = upload.SentBlocks + 1 }, cancellationToken).ConfigureAwait(false);
        }

        return upload;
    }

    private static async Task SkipAsync(Stream stream, long count, byte[] buffer, CancellationToken cancellationToken)
    {
        if (stream.CanSeek)
        {
            stream.Seek(count, SeekOrigin.Current);
            return;
        }

        for (var left = count; left > 0; left -= buffer.Length)
            await stream.ReadExactlyAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<CohortUpload> KeepAsync(CohortInput input, CohortUpload upload, CancellationToken cancellationToken)
    {
        if (input.KeepUpload is { } keep)
            await keep(upload, cancellationToken).ConfigureAwait(false);
        return upload;
    }
}
