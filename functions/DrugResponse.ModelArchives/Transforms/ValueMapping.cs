using DrugResponse.ModelArchives.Binding;
using DrugResponse.ModelArchives.Format;

namespace DrugResponse.ModelArchives.Transforms;

/// <summary>Looks values up in a table.</summary>
/// <remarks>
/// Source: ML.NET <c>src/Microsoft.ML.Data/Transforms/ValueMapping.cs</c>. Body: column pairs. Entry <c>DefaultMap.idv</c>: a
/// binary data file with the columns <c>Key</c> (in the older <c>TXTLOOKT</c> <c>Term</c>) and <c>Value</c>. A key that is not in
/// it maps to what an empty text converts to: 0, false, or the empty text.
/// </remarks>
internal sealed class ValueMapping(ComponentIdentity identity, ColumnPair[] pairs, Vocabulary keys, ColumnType valueType, TypedValues values) : Transform(identity)
{
    public static readonly ComponentFormat Format = new("ValueMappingTransformer", "VALUMAPG", (1, 1), ComponentFormat.DataAssembly)
    {
        OlderLoaderSignatures = ["ValueMappingTransform"],
    };

    public static readonly ComponentFormat OldFormat = new("TermLookupTransform", "TXTLOOKT", (1, 2), ComponentFormat.TransformsAssembly)
    {
        OlderLoaderSignatures = ["TermLookupFunction"],
    };

    private const string TableEntry = "DefaultMap.idv";

    public static ValueMapping Read(ModelStream stream) => Read(stream, "Key");

    public static ValueMapping ReadOld(ModelStream stream) => Read(stream, "Term");

    public override void Bind(Binder binder)
    {
        var inputs = Array.ConvertAll(pairs, pair => binder.Resolve(Identity, pair.Input, keys.Type));

        for (var index = 0; index < pairs.Length; index++)
            binder.Add(Step(inputs[index], pairs[index].Output));
    }

    private static ValueMapping Read(ModelStream stream, string keyColumn)
    {
        var pairs = stream.Pairs();
        var table = stream.Directory.ReadSchema(TableEntry);
        var keys = Column(table, keyColumn);
        var values = Column(table, "Value");

        return new ValueMapping(
            stream.Identity, pairs, new Vocabulary(keys.Type, SchemaRows.Read(table, keys)), values.Type, SchemaRows.Read(table, values));
    }

    private static SchemaColumn Column(SchemaFile table, string name) =>
        table.Find(name) is { Type.IsVector: false } column
            ? column
            : throw new ModelArchiveFormatException(table.Entry, SchemaFile.HeaderSize, $"a scalar column '{name}'", "none");

    private SlotMapStep Step(BoundColumn input, string name)
    {
        if ((input.Type with { VectorLength = null }) != keys.Type)
            throw Identity.Mismatch($"column '{input.Name}' of {keys.Type}, as its table", input.Type.ToString());

        var output = new BoundColumn(name, valueType with { VectorLength = input.Type.VectorLength }, input.Origins);

        return input.Type switch
        {
            { IsKey: false, Item: ColumnItemType.Text } => Step<string>(input, output, LookUpText),
            { IsKey: false, Item: ColumnItemType.Single } => Step<float>(input, output, keys.Key),
            { IsKey: false, Item: ColumnItemType.Double } => Step<double>(input, output, keys.Key),
            _ => Step<long>(input, output, keys.Key),
        };
    }

    // Unlike a term map, a table may list the empty text.
    private long LookUpText(string text) => keys.Find(text);

    private SlotMapStep Step<T>(BoundColumn input, BoundColumn output, Func<T, long> find) => values.Item switch
    {
        ColumnItemType.Text => Step(input, output, find, values.Texts.ToArray(), ""),
        ColumnItemType.Single => Step(input, output, find, values.Singles.ToArray(), 0f),
        ColumnItemType.Double => Step(input, output, find, values.Doubles.ToArray(), 0d),
        _ => Step(input, output, find, values.Integers.ToArray(), 0L),
    };

    private SlotMapStep Step<TKey, TValue>(BoundColumn input, BoundColumn output, Func<TKey, long> find, TValue[] table, TValue other) =>
        SlotMapStep.Of<TKey, TValue>(
            Identity, input, output, (_, value) => find(value) is var found and not 0 ? table[found - 1] : other, MissingFlow.Spoils, ImplicitSlots.Mapped);
}
