using System.Buffers;
using Azure.Core;

namespace DrugResponse.Storage.Tables;

/// <summary>A growing buffer from the shared pool. Not thread-safe.</summary>
internal sealed class PooledBufferWriter(int initialCapacity) : IBufferWriter<byte>
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(initialCapacity);

    public int WrittenCount { get; private set; }

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, WrittenCount);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - WrittenCount);
        WrittenCount += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _buffer.AsMemory(WrittenCount);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _buffer.AsSpan(WrittenCount);
    }

    /// <summary>Forgets everything behind a position.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, WrittenCount);
        WrittenCount = count;
    }

    /// <summary>
    /// Gives the buffer back to the pool after a request with it succeeded at the first attempt. After a failed attempt it is never certain
    /// that the transport has stopped sending, and a buffer in new hands would put other rows on the wire; so then it is left as garbage.
    /// </summary>
    public void ReturnAfter(HttpMessage message)
    {
        if (message.ProcessingContext.RetryNumber > 0)
            return;

        var buffer = _buffer;
        _buffer = [];
        WrittenCount = 0;
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }

    private void EnsureRoom(int sizeHint)
    {
        var room = Math.Max(sizeHint, 1);
        if (_buffer.Length - WrittenCount >= room)
            return;

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, checked(WrittenCount + room)));
        _buffer.AsSpan(0, WrittenCount).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = larger;
    }
}
