using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace DrugResponse.Storage.Batches;

/// <summary>
/// Writes an input chunk by chunk, in blocks that nobody sees until all are committed at once: an input that breaks off leaves nothing to
/// be taken for one. Memory is two blocks and a few bytes per chunk. Not thread-safe.
/// </summary>
public sealed class BatchInputWriter : IAsyncDisposable
{
    private const int BlockBytes = 4 * 1024 * 1024;

    private readonly BlockBlobClient _blob;
    private readonly BatchSeal _seal;
    private readonly List<BatchChunk> _chunks = [];
    private readonly List<string> _blocks = [];
    private MemoryStream _block = new();
    private Task _staging = Task.CompletedTask;
    private long _staged;
    private long _rows;
    private bool _isCommitted;

    internal BatchInputWriter(BlockBlobClient blob, BatchSeal seal)
    {
        _blob = blob;
        _seal = seal;
    }

    /// <summary>Rows added so far.</summary>
    public long Rows => _rows;

    /// <summary>Adds the next chunk.</summary>
    /// <param name="content">Its content.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="cancellationToken">Cancels the call; the writer is then of no further use.</param>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach; the writer is then of no further use.</exception>
    public async Task AddAsync(ReadOnlyMemory<byte> content, int rows, CancellationToken cancellationToken = default)
    {
        var offset = _staged + _block.Length;
        var sealedContent = _seal.Seal(BatchBlobs.PlaceOf(_blob.Name, offset), content.Span);
        _chunks.Add(new BatchChunk(_chunks.Count, _rows, rows, offset, sealedContent.Length));
        _rows += rows;
        _block.Write(sealedContent.Span);
        if (_block.Length >= BlockBytes)
            await StageAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the input visible, all at once.</summary>
    /// <param name="cancellationToken">Cancels the call; the input may be visible all the same.</param>
    /// <returns>Where it is.</returns>
    /// <exception cref="RequestFailedException">Storage refused or is out of reach.</exception>
    public async Task<BatchInput> CommitAsync(CancellationToken cancellationToken = default)
    {
        var offset = _staged + _block.Length;
        var index = _seal.Seal(
            BatchBlobs.PlaceOf(_blob.Name, offset), JsonSerializer.SerializeToUtf8Bytes(_chunks, BatchJson.Default.IReadOnlyListBatchChunk));
        var input = new BatchInput(_blob.Name, _rows, _chunks.Count, offset, index.Length);
        _block.Write(index.Span);
        await StageAsync(cancellationToken).ConfigureAwait(false);
        await _staging.ConfigureAwait(false);
        await _blob.CommitBlockListAsync(_blocks, new CommitBlockListOptions(), cancellationToken).ConfigureAwait(false);
        _isCommitted = true;
        return input;
    }

    /// <summary>Gives up what was not committed. When storage is out of reach, that is left to the removal of what nobody refers
    /// to.</summary>
    public async ValueTask DisposeAsync()
    {
        await _block.DisposeAsync().ConfigureAwait(false);
        if (_isCommitted || _blocks.Count == 0)
            return;

        try
        {
            // A block whose sending was broken off along with the caller must not keep those before it.
            await _staging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await BatchBlobs.DiscardAsync(_blob, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (StorageOutage.IsOutage(exception) || exception is OperationCanceledException or RequestFailedException)
        {
            // The failure that led here is already on its way to the caller.
        }
    }

    // One block is sent while the next one is filled.
    private async Task StageAsync(CancellationToken cancellationToken)
    {
        await _staging.ConfigureAwait(false);
        var name = Convert.ToBase64String(Encoding.ASCII.GetBytes(_blocks.Count.ToString("D6", CultureInfo.InvariantCulture)));
        var block = _block;
        _staged += block.Length;
        _block = new MemoryStream(BlockBytes);
        _blocks.Add(name);
        block.Position = 0;
        _staging = _blob.StageBlockAsync(name, block, cancellationToken: cancellationToken);
    }
}
