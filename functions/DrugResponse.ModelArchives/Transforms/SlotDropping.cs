using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Drops slots of vectors; feature selection writes it.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Transforms/SlotsDroppingTransformer.cs</c>. Body: column pairs; per column i32[]
/// first slots (counted), i32[n] last slots, inclusive. The slots left move together; a vector that loses all keeps one with
/// the default value, and so does a scalar whose slot 0 is dropped.
/// </remarks>
internal sealed class SlotDropping(ComponentIdentity identity, ColumnPair[] pairs, (int First, int Last)[][] ranges) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("DropSlotsTransform", "DROPSLOT", (1, 1), ComponentFormat.DataAssembly);

    public static SlotDropping Read(ModelStream stream)
    {
        var pairs = stream.Pairs();

        return new SlotDropping(stream.Identity, pairs, Array.ConvertAll(pairs, _ => ReadRanges(stream.Body)));
    }

    public override void Bind(Binder binder)
    {
        var inputs = Array.ConvertAll(pairs, pair => binder.Resolve(Identity, pair.Input));

        for (var index = 0; index < pairs.Length; index++)
            binder.Add(new Step(Identity, pairs[index].Output, inputs[index], ranges[index]));
    }

    private static (int First, int Last)[] ReadRanges(EntryReader body)
    {
        var start = body.Position;
        var first = body.CountedInt32s("first slots");
        var last = body.Int32s(first.Length, "last slots");
        var ranges = first.Zip(last).ToArray();
        var previous = -1;

        foreach (var (from, to) in ranges)
        {
            if (from <= previous || to < from)
                throw body.MalformedAt(start, "ascending ranges of slots", $"{from} to {to} behind {previous}");
            previous = to;
        }

        return ranges;
    }

    private sealed class Step : BoundStep
    {
        private readonly BoundColumn _output;
        private readonly int[] _kept;

        public Step(ComponentIdentity component, string name, BoundColumn input, (int First, int Last)[] ranges)
            : base(component, [input])
        {
            _kept = Kept(input.Type.Slots, ranges);
            var origins = _kept.Length == 0 ? SlotOrigins.Of(SlotOrigins.Constant) : SlotOrigins.PerSlot(Array.ConvertAll(_kept, slot => input.Origins[slot]));
            _output = new BoundColumn(name, input.Type with { VectorLength = input.Type.IsVector ? Math.Max(1, _kept.Length) : null }, origins)
            {
                MayBeSparse = input.MayBeSparse,
                KeyValues = input.KeyValues,
            };
        }

        public override IReadOnlyList<BoundColumn> Outputs => [_output];

        public override bool FormMatters => Inputs[0].MayBeSparse;

        public override void MarkUsed(Span<bool> used)
        {
            foreach (var slot in _kept)
                used[slot] = true;
        }

        public override RowInstruction Emit(RowLayout layout)
        {
            var target = layout.Find(_output);

            // An input of which no slot is left is not needed at all.
            if (layout.TryFind(Inputs[0]) is not { } source)
                return new ClearInstruction(target);

            return target.Kind switch
            {
                ValueKind.Single => new Instruction<float>(source, target, _kept),
                ValueKind.Double => new Instruction<double>(source, target, _kept),
                ValueKind.Integer => new Instruction<long>(source, target, _kept),
                _ => new Instruction<string>(source, target, _kept),
            };
        }

        private static int[] Kept(int slots, (int First, int Last)[] ranges)
        {
            var kept = new List<int>(slots);
            var next = 0;

            for (var slot = 0; slot < slots; slot++)
            {
                while (next < ranges.Length && ranges[next].Last < slot)
                    next++;
                if (next == ranges.Length || slot < ranges[next].First)
                    kept.Add(slot);
            }

            return [.. kept];
        }
    }

    private sealed class ClearInstruction(ColumnSlots target) : RowInstruction
    {
        public override void Run(RowState row) => target.SetEmpty(row);
    }

    private sealed class Instruction<T>(ColumnSlots source, ColumnSlots target, int[] kept) : RowInstruction
    {
        public override void Run(RowState row)
        {
            var from = source.Values<T>(row);
            var to = target.Values<T>(row);

            if (kept.Length == 0)
            {
                target.SetEmpty(row);
            }
            else if (!target.IsTracked || source.ExplicitCount(row) == RowState.Dense)
            {
                for (var slot = 0; slot < kept.Length; slot++)
                    to[slot] = from[kept[slot]];
                target.SetDense(row);
            }
            else
            {
                RunSparse(row, from, to);
            }
        }

        private void RunSparse(RowState row, ReadOnlySpan<T> from, Span<T> to)
        {
            target.SetEmpty(row);
            var list = target.SlotList(row);
            var count = 0;
            var next = 0;

            foreach (var slot in source.ExplicitSlots(row))
            {
                while (next < kept.Length && kept[next] < slot)
                    next++;
                if (next == kept.Length)
                    break;
                if (kept[next] != slot)
                    continue;

                to[next] = from[slot];
                list[count++] = next;
            }

            row.ExplicitCounts[target.Form] = count == to.Length ? RowState.Dense : count;
        }
    }
}
