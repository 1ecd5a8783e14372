using System.Numerics;
using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms.Normalizers;

/// <summary>out = (x - offset) * scale.</summary>
/// <remarks>
/// Body: i32 size of the item type F; i32 slots n; i32 m, -1 if every slot is listed, else the number of listed slots; if not
/// -1, i32[m] slots; F[] scale (counted); F[] offset (counted; none = no offsets). Slots not listed have scale 1 and offset
/// 0. Where the scale is 0 the offset is taken as 0.
/// </remarks>
internal static class AffineNormalizer
{
    public static readonly ComponentFormat Format = new("AffineNormExec", "AFF NORM", (1, 3), ComponentFormat.DataAssembly);

    public static NormalizerFunction Read(ModelStream stream) => Function<float>.ReadAny(stream.Body);

    private sealed class Function<T>(T[] scale, T[]? offset) : NormalizerFunction
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override ColumnItemType Item => typeof(T) == typeof(float) ? ColumnItemType.Single : ColumnItemType.Double;

        public override int Slots => scale.Length;

        public override bool FormMatters => offset is null && !Array.TrueForAll(scale, T.IsFinite);

        public override Func<int, SlotOperation>? VectorOperation => this is Function<float> { Scale: var scale, Offset: var offset }
            ? slot => new SlotOperation(SlotOperationKind.Scale, offset is null ? 0 : offset[slot], scale[slot])
            : null;

        private T[] Scale => scale;

        private T[]? Offset => offset;

        public static NormalizerFunction ReadAny(EntryReader body) =>
            ReadSized(body, () => Function<float>.ReadRest(body, body.CountedSingles), () => Function<double>.ReadRest(body, body.CountedDoubles));

        public override RowInstruction Emit(ColumnSlots source, ColumnSlots target, bool isVector) =>
            isVector ? new VectorInstruction(source, target, scale, offset) : new ScalarInstruction(source, target, scale[0], offset is null ? T.Zero : offset[0]);

        private static Function<T> ReadRest(EntryReader body, Func<string, T[]> read)
        {
            var slots = ReadSlots(body);
            var start = body.Position;
            var listed = body.Int32("the number of listed slots");
            if (listed < -1 || listed >= slots)
                throw body.MalformedAt(start, $"-1 or a number of listed slots below {slots}", EntryReader.Text(listed));

            var indices = listed == -1 ? null : body.Int32s(listed, "the listed slots");
            var scale = read("scales");
            var offset = read("offsets");
            var count = indices?.Length ?? slots;

            if (scale.Length != count || (offset.Length != 0 && offset.Length != count))
                throw body.MalformedAt(start, $"{count} scales and as many or no offsets", $"{scale.Length} and {offset.Length}");
            if (scale.Any(T.IsNaN) || offset.Any(T.IsNaN))
                throw body.MalformedAt(start, "scales and offsets", "NaN");

            for (var slot = 0; slot < offset.Length; slot++)
                offset[slot] = scale[slot] == T.Zero ? T.Zero : offset[slot];

            return indices is null
                ? new Function<T>(scale, offset.Length == 0 ? null : offset)
                : new Function<T>(Spread(body, start, indices, scale, slots, T.One), offset.Length == 0 ? null : Spread(body, start, indices, offset, slots, T.Zero));
        }

        private static T[] Spread(EntryReader body, int start, int[] indices, T[] values, int slots, T other)
        {
            body.Budget.Take(body.Entry, start, 8L * slots);
            var spread = new T[slots];
            var previous = -1;
            Array.Fill(spread, other);

            for (var index = 0; index < indices.Length; index++)
            {
                if (indices[index] <= previous || indices[index] >= slots)
                    throw body.MalformedAt(start, $"ascending slots below {slots}", EntryReader.Text(indices[index]));
                previous = indices[index];
                spread[previous] = values[index];
            }

            return spread;
        }

        private sealed class ScalarInstruction(ColumnSlots source, ColumnSlots target, T scale, T offset) : RowInstruction
        {
            public override void Run(RowState row)
            {
                var values = row.Values<T>();
                values[target.Offset] = (values[source.Offset] - offset) * scale;
            }
        }

        private sealed class VectorInstruction(ColumnSlots source, ColumnSlots target, T[] scale, T[]? offset) : RowInstruction
        {
            public override void Run(RowState row)
            {
                var from = source.Values<T>(row);
                var to = target.Values<T>(row);

                if (offset is null && source.ExplicitCount(row) != RowState.Dense)
                {
                    RunSparse(row, from, to);
                    return;
                }

                // Adding zero turns -0 into 0.
                if (offset is null)
                {
                    for (var slot = 0; slot < to.Length; slot++)
                        to[slot] = (from[slot] * scale[slot]) + T.Zero;
                }
                else
                {
                    for (var slot = 0; slot < to.Length; slot++)
                        to[slot] = ((from[slot] - offset[slot]) * scale[slot]) + T.Zero;
                }

                target.SetBuiltForm<T>(row);
            }

            private void RunSparse(RowState row, ReadOnlySpan<T> from, Span<T> to)
            {
                target.SetEmpty(row);
                var list = target.IsTracked ? target.SlotList(row) : default;
                var count = 0;

                foreach (var slot in source.ExplicitSlots(row))
                {
                    to[slot] = (from[slot] * scale[slot]) + T.Zero;
                    if (target.IsTracked && to[slot] != T.Zero)
                        list[count++] = slot;
                }

                if (target.IsTracked)
                    row.ExplicitCounts[target.Form] = count != 0 && count >= to.Length / 2 ? RowState.Dense : count;
            }
        }
    }
}
