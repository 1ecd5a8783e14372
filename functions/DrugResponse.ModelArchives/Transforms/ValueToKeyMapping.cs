using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Maps values to the keys of a vocabulary, and other values to the missing key 0.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Transforms/ValueToKeyMappingTransformer.cs</c>. Body: column pairs; from version 1.3
/// bool[columns]. Sub-model <c>Vocabulary</c>: i32 maps; per map from version 1.2 u8 kind: 0 (text) i32 n, str[n]; 1 codec,
/// i32 n and, if n is not 0, a block of n values. Texts are compared exactly, numbers by value.
/// </remarks>
internal sealed class ValueToKeyMapping(ComponentIdentity identity, ColumnPair[] pairs, Vocabulary[] vocabularies) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("TermTransform", "TERMTRNF", (1, 3), (1, 3), (1, 1), ComponentFormat.DataAssembly);
    public static readonly ComponentFormat VocabularyFormat = new("TermManager", "TERM MAN", (1, 2), (1, 2), (1, 1), ComponentFormat.DataAssembly);

    private static readonly ComponentCatalog<Vocabulary[]> VocabularyCatalog = new("vocabulary", (VocabularyFormat, ReadVocabularies));

    public static ValueToKeyMapping Read(ModelStream stream)
    {
        var pairs = stream.Pairs();
        if (stream.Version.IsAtLeast(1, 3))
        {
            foreach (var _ in pairs)
                stream.Body.Boolean("the flag of a column");
        }

        var vocabularies = VocabularyCatalog.Read(stream.Directory.Sub("Vocabulary"));
        if (vocabularies.Length != pairs.Length)
            throw stream.Identity.Mismatch($"a vocabulary for each of {pairs.Length} columns", $"{vocabularies.Length}");

        return new ValueToKeyMapping(stream.Identity, pairs, vocabularies);
    }

    public override void Bind(Binder binder)
    {
        var inputs = pairs.Select((pair, index) => binder.Resolve(Identity, pair.Input, vocabularies[index].Type)).ToArray();

        for (var index = 0; index < pairs.Length; index++)
            binder.Add(Step(inputs[index], pairs[index].Output, vocabularies[index]));
    }

    private static Vocabulary[] ReadVocabularies(ModelStream stream)
    {
        var body = stream.Body;
        var vocabularies = new Vocabulary[body.Count(4, "vocabularies", footprint: 200)];

        for (var index = 0; index < vocabularies.Length; index++)
        {
            var start = body.Position;
            var kind = stream.Version.IsAtLeast(1, 2) ? body.Byte("the kind of a vocabulary") : 0;
            vocabularies[index] = kind switch
            {
                0 => ReadTexts(body),
                1 => ReadValues(body),
                _ => throw body.MalformedAt(start, "0 or 1 as the kind of a vocabulary", EntryReader.Text(kind)),
            };
        }

        return vocabularies;
    }

    private static Vocabulary ReadTexts(EntryReader body)
    {
        var terms = new string[body.Count(4, "terms", footprint: 80)];
        for (var index = 0; index < terms.Length; index++)
            terms[index] = body.String("a term");

        return new Vocabulary(new ColumnType(ColumnItemType.Text), TypedValues.Of(terms));
    }

    private static Vocabulary ReadValues(EntryReader body)
    {
        var start = body.Position;
        var codec = Codec.ReadKnown(body);
        var count = body.Int32("the number of terms");

        if (codec.Type.IsVector || count < 0)
            throw body.MalformedAt(start, "a scalar codec and a number of terms from 0", $"{codec.Type} and {count}");

        body.Budget.Take(body.Entry, start, 64L * count);

        return new Vocabulary(codec.Type, count == 0 ? TypedValues.Empty(codec.Type.Item) : ValueBlock.Read(body, codec, count));
    }

    private SlotMapStep Step(BoundColumn input, string name, Vocabulary vocabulary)
    {
        if ((input.Type with { VectorLength = null }) != vocabulary.Type)
            throw Identity.Mismatch($"column '{input.Name}' of {vocabulary.Type}, as its vocabulary", input.Type.ToString());

        var output = new BoundColumn(name, ColumnType.Key((ulong)Math.Max(1, vocabulary.Terms.Count), input.Type.VectorLength), input.Origins)
        {
            KeyValues = vocabulary.Terms,
        };

        return input.Type switch
        {
            { IsKey: false, Item: ColumnItemType.Text } => SlotMapStep.Of<string, long>(Identity, input, output, (_, value) => vocabulary.Key(value), MissingFlow.Absorbed),
            { IsKey: false, Item: ColumnItemType.Single } => SlotMapStep.Of<float, long>(
                Identity, input, output, (_, value) => vocabulary.Key(value), MissingFlow.Absorbed, ImplicitSlots.Mapped),
            { IsKey: false, Item: ColumnItemType.Double } => SlotMapStep.Of<double, long>(
                Identity, input, output, (_, value) => vocabulary.Key(value), MissingFlow.Absorbed, ImplicitSlots.Mapped),
            _ => SlotMapStep.Of<long, long>(Identity, input, output, (_, value) => vocabulary.Key(value), MissingFlow.Absorbed, ImplicitSlots.Mapped),
        };
    }
}
