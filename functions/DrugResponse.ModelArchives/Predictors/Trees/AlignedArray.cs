using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DrugResponse.ModelArchives.Predictors.Trees;

/// <summary>Values that begin at a cache line, so that no vector of them crosses one.</summary>
internal sealed class AlignedArray<T>
    where T : unmanaged
{
    private readonly T[] _values;
    private readonly int _first;

    public AlignedArray(List<T> values)
    {
        var lineSize = Vector512<byte>.Count;
        _values = GC.AllocateArray<T>(values.Count + Vector512<T>.Count, pinned: true);
        var misplaced = (int)((nuint)Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0) % (nuint)lineSize);
        _first = misplaced == 0 ? 0 : (lineSize - misplaced) / Unsafe.SizeOf<T>();
        CollectionsMarshal.AsSpan(values).CopyTo(_values.AsSpan(_first));
    }

    public ref T First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), _first);
}
