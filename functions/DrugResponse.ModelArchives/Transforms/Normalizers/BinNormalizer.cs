using System.Numerics;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms.Normalizers;

/// <summary>The number of the bin that x falls into, scaled to 0 to 1, less that of the bin of zero if zero is to stay zero.</summary>
/// <remarks>
/// <para>
/// Body: bool fixZero. Sub-model <c>BinNormalizer</c>: i32 size of the item type F; i32 slots; per slot F[] upper bounds
/// (counted), strictly increasing, the last positive infinity.
/// </para>
/// <para>
/// With n bounds: d = max(1, n - 1); bin(x) is the first p below n - 1 with bound[p] not below x, else n - 1; out = bin(x)/d -
/// offset, offset = first p with bound[p] not below 0, divided by d, if fixZero, else 0. NaN stays NaN. A sparse vector without
/// explicit slots, or without any offset, keeps its implicit zeros; otherwise they are binned like zeros.
/// </para>
/// </remarks>
internal static class BinNormalizer
{
    public static readonly ComponentFormat Format = new("BinNormalizeFunction", "BINNORMF", (1, 1), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat BoundsFormat = new("BinNormExec", "BIN NORM", (1, 1), ComponentFormat.DataAssembly);

    public static NormalizerFunction Read(ModelStream stream)
    {
        var fixesZero = stream.Body.Boolean("the fixing of zero");
        var bounds = new ComponentCatalog<NormalizerFunction>("bin bounds", (BoundsFormat, inner => Function<float>.ReadAny(inner.Body, fixesZero)));

        return bounds.Read(stream.Directory.Sub("BinNormalizer"));
    }

    private sealed class Function<T> : NormalizerFunction
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T[][] _bounds;
        private readonly T[] _denominators;
        private readonly T[]? _offsets;

        private Function(T[][] bounds, bool fixesZero)
        {
            _bounds = bounds;
            _denominators = Array.ConvertAll(bounds, slot => T.CreateTruncating(Math.Max(1, slot.Length - 1)));

            if (fixesZero)
            {
                var offsets = bounds.Select((slot, index) => T.CreateTruncating(First(slot, slot.Length, T.Zero)) / _denominators[index]).ToArray();
                _offsets = Array.TrueForAll(offsets, offset => offset == T.Zero) ? null : offsets;
            }
        }

        public override ColumnItemType Item => typeof(T) == typeof(float) ? ColumnItemType.Single : ColumnItemType.Double;

        public override int Slots => _bounds.Length;

        public override bool FormMatters => true;

        public static NormalizerFunction ReadAny(EntryReader body, bool fixesZero) => ReadSized(
            body,
            () => new Function<float>(Function<float>.ReadBounds(body, body.CountedSingles), fixesZero),
            () => new Function<double>(Function<double>.ReadBounds(body, body.CountedDoubles), fixesZero));

        public override RowInstruction Emit(ColumnSlots source, ColumnSlots target, bool isVector) => new Instruction(this, source, target);

        private static T[][] ReadBounds(EntryReader body, Func<string, T[]> read)
        {
            var bounds = new T[body.Count(4, "slots", footprint: 64)][];
            if (bounds.Length == 0)
                throw body.Malformed("a number of slots above 0", "0");

            for (var slot = 0; slot < bounds.Length; slot++)
            {
                var start = body.Position;
                var values = bounds[slot] = read("bin upper bounds");
                if (values.Length == 0 || !T.IsPositiveInfinity(values[^1]) || Enumerable.Range(1, values.Length - 1).Any(bin => !(values[bin - 1] < values[bin])))
                    throw body.MalformedAt(start, "strictly increasing bounds up to positive infinity", "others");
            }

            return bounds;
        }

        /// <summary>The first position below the limit whose bound is not below the value, else the limit.</summary>
        private static int First(T[] bounds, int limit, T value)
        {
            var low = 0;
            while (low < limit)
            {
                var middle = (low + limit) >> 1;
                if (bounds[middle] >= value)
                    limit = middle;
                else
                    low = middle + 1;
            }

            return low;
        }

        private T Apply(int slot, T value)
        {
            if (T.IsNaN(value))
                return value;

            var bin = T.CreateTruncating(First(_bounds[slot], _bounds[slot].Length - 1, value)) / _denominators[slot];

            return _offsets is null ? bin : bin - _offsets[slot];
        }

        private sealed class Instruction(Function<T> function, ColumnSlots source, ColumnSlots target) : RowInstruction
        {
            public override void Run(RowState row)
            {
                var from = source.Values<T>(row);
                var to = target.Values<T>(row);
                var count = source.ExplicitCount(row);

                if (count == RowState.Dense || (count != 0 && function._offsets is not null))
                {
                    for (var slot = 0; slot < to.Length; slot++)
                        to[slot] = function.Apply(slot, from[slot]);
                }
                else
                {
                    target.SetEmpty(row);
                    foreach (var slot in source.ExplicitSlots(row))
                        to[slot] = function.Apply(slot, from[slot]);
                }

                target.SetBuiltForm<T>(row);
            }
        }
    }
}
