using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Scoring;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Maps values to keys by a hash: raw key = hash modulo 2^bits, plus 1; a missing value gives 0.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Transforms/Hashing.cs</c>. Body: column pairs; per column i32 bits (1 to 31), u32
/// seed, bool ordered, and from version 1.4 bool combine. Optional sub-models <c>Vocabulary_iii</c>: codec of a vector of text,
/// i32 size, a block of one vector: what each key stands for. Missing are NaN, key 0 and the empty text.
/// </remarks>
internal sealed class Hashing(ComponentIdentity identity, ColumnPair[] pairs, Hashing.Column[] columns) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("HashTransform", "HASHTRNS", (1, 4), (1, 4), (1, 2), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat VocabularyFormat = new("TextSpanBuffer", "TEXTSPBF", (1, 1), ComponentFormat.DataAssembly);

    private static readonly ComponentCatalog<TypedValues> VocabularyCatalog = new("hash vocabulary", (VocabularyFormat, ReadVocabulary));

    public static Hashing Read(ModelStream stream)
    {
        var pairs = stream.Pairs();
        var columns = new Column[pairs.Length];

        for (var index = 0; index < columns.Length; index++)
            columns[index] = ReadColumn(stream, index);

        return new Hashing(stream.Identity, pairs, columns);
    }

    public override void Bind(Binder binder)
    {
        var inputs = Array.ConvertAll(pairs, pair => binder.Resolve(Identity, pair.Input));

        for (var index = 0; index < pairs.Length; index++)
            binder.Add(new Step(Identity, pairs[index].Output, inputs[index], columns[index]));
    }

    private static Column ReadColumn(ModelStream stream, int index)
    {
        var body = stream.Body;
        var start = body.Position;
        var bits = body.Int32("the bits of a hash");
        if (bits is < 1 or > 31)
            throw body.MalformedAt(start, "1 to 31 bits", EntryReader.Text(bits));

        var seed = body.UInt32("the seed of a hash");
        var isOrdered = body.Boolean("the ordering of a hash");
        var isCombined = stream.Version > ComponentVersion.Of(1, 3) && body.Boolean("the combining of a hash");
        var vocabulary = stream.Directory.Sub("Vocabulary", index);

        return new Column(
            bits, seed, isOrdered, isCombined, IsOld: !stream.Version.IsAtLeast(1, 3), vocabulary.HasModel ? VocabularyCatalog.Read(vocabulary) : null);
    }

    private static TypedValues ReadVocabulary(ModelStream stream)
    {
        var start = stream.Body.Position;
        var codec = Codec.ReadKnown(stream.Body);
        var block = stream.Body.Bytes(stream.Body.Count(1, "bytes of a vocabulary"), "a vocabulary");

        if (codec.Type is not { IsVector: true, Item: ColumnItemType.Text })
            throw stream.Body.MalformedAt(start, "a vector of text", codec.Type.ToString());

        return ValueBlock.ReadVector(new EntryReader(stream.Body.Entry, block, stream.Body.Budget), codec);
    }

    internal sealed record Column(int Bits, uint Seed, bool IsOrdered, bool IsCombined, bool IsOld, TypedValues? Vocabulary);

    private sealed class Step : BoundStep
    {
        private readonly BoundColumn _output;
        private readonly Column _column;
        private readonly bool _isCombined;

        public Step(ComponentIdentity component, string name, BoundColumn input, Column column)
            : base(component, [input])
        {
            if (input.Type.Item is ColumnItemType.TimeSpan or ColumnItemType.DateTime)
                throw component.Unsupported($"column '{input.Name}' of {input.Type} cannot be hashed");

            _column = column;
            _isCombined = column.IsCombined && input.Type.IsVector;
            _output = new BoundColumn(
                name,
                ColumnType.Key(1UL << column.Bits, _isCombined ? null : input.Type.VectorLength),
                _isCombined ? SlotOrigins.Of(input.Origins.Common) : input.Origins)
            {
                KeyValues = column.Vocabulary,
            };
        }

        public override IReadOnlyList<BoundColumn> Outputs => [_output];

        public override SlotFlow Flow => _isCombined ? SlotFlow.Whole : SlotFlow.SlotBySlot;

        public override MissingFlow Missing => MissingFlow.Absorbed;

        public override RowInstruction Emit(RowLayout layout)
        {
            var source = layout.Find(Inputs[0]);
            var target = layout.Find(_output);
            var isOld = _column.IsOld;

            return source.Kind switch
            {
                ValueKind.Text => Instruction<string>(source, target, isOld ? OldTextHash.Instance : TextHash.Instance),
                ValueKind.Single => Instruction(source, target, new SingleHash(isOld)),
                ValueKind.Double => Instruction(source, target, new DoubleHash(isOld)),
                _ when Inputs[0].Type.Item is ColumnItemType.Int64 or ColumnItemType.UInt64 => Instruction(source, target, new WideHash(isOld, Inputs[0].Type.IsKey)),
                _ => Instruction(source, target, new NarrowHash(isOld, Inputs[0].Type.IsKey)),
            };
        }

        private RowInstruction Instruction<T>(ColumnSlots source, ColumnSlots target, ValueHash<T> hash) => _isCombined
            ? new CombineInstruction<T>(source, target, hash, _column.Seed, Mask)
            : new SlotInstruction<T>(source, target, hash, SlotSeeds(source.Length), Mask);

        private uint Mask => (1u << _column.Bits) - 1;

        private uint[] SlotSeeds(int slots)
        {
            var seeds = new uint[slots];
            for (var slot = 0; slot < slots; slot++)
                seeds[slot] = _column.IsOrdered ? MurmurHash.Round(_column.Seed, (uint)slot) : _column.Seed;

            return seeds;
        }
    }

    private sealed class SlotInstruction<T>(ColumnSlots source, ColumnSlots target, ValueHash<T> hash, uint[] seeds, uint mask) : RowInstruction
    {
        public override void Run(RowState row)
        {
            var from = source.Values<T>(row);
            var to = target.Integers(row);

            for (var slot = 0; slot < from.Length; slot++)
                to[slot] = hash.IsMissing(from[slot]) ? 0 : (hash.Of(seeds[slot], from[slot]) & mask) + 1L;
        }
    }

    private sealed class CombineInstruction<T>(ColumnSlots source, ColumnSlots target, ValueHash<T> hash, uint seed, uint mask) : RowInstruction
    {
        public override void Run(RowState row)
        {
            var from = source.Values<T>(row);
            var combined = seed;
            row.Integers[target.Offset] = 0;

            foreach (var value in from)
            {
                if (hash.IsMissing(value))
                    return;
                combined = hash.Feed(combined, value);
            }

            row.Integers[target.Offset] = (hash.Finish(combined, from.Length) & mask) + 1L;
        }
    }
}
