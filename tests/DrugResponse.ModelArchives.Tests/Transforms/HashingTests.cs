using System.Globalization;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Transforms;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests.Transforms;

/// <summary>The numbers are the vectors of ML.NET's own hashing tests, as raw keys.</summary>
public class HashingTests
{
    private const uint DefaultSeed = 314489979;

    [Theory]
    [InlineData(ColumnItemType.Int32, "1", 502)]
    [InlineData(ColumnItemType.Single, "1", 463)]
    [InlineData(ColumnItemType.Double, "1", 188)]
    [InlineData(ColumnItemType.Text, "hello", 940)]
    [InlineData(ColumnItemType.Text, "  hello ", 940)]
    [InlineData(ColumnItemType.Text, "", 0)]
    [InlineData(ColumnItemType.Single, "", 0)]
    [InlineData(ColumnItemType.Double, "", 0)]
    public void A_value_hashes_as_in_mlnet(ColumnItemType item, string value, int expected)
    {
        Assert.Equal([Text(expected)], Chain(item, null, isOrdered: false, isCombined: false).Evaluate(value));
    }

    [Theory]
    [InlineData(ColumnItemType.Int32, "1", 537)]
    [InlineData(ColumnItemType.Single, "1", 855)]
    [InlineData(ColumnItemType.Double, "1", 57)]
    [InlineData(ColumnItemType.Text, "hello", 951)]
    public void A_value_is_ordered_as_slot_0_when_it_is_no_vector(ColumnItemType item, string value, int expected)
    {
        Assert.Equal([Text(expected)], Chain(item, null, isOrdered: true, isCombined: false).Evaluate(value));
    }

    [Theory]
    [InlineData(ColumnItemType.Int32, "1", 746)]
    [InlineData(ColumnItemType.Single, "1", 732)]
    [InlineData(ColumnItemType.Double, "1", 690)]
    [InlineData(ColumnItemType.Text, "hello", 857)]
    public void Slot_3_of_a_vector_hashes_with_its_own_seed_when_ordered(ColumnItemType item, string value, int expected)
    {
        var keys = Chain(item, 5, isOrdered: true, isCombined: false).Evaluate(value, value, value, value, value);

        Assert.Equal(Text(expected), keys[3]);
        Assert.NotEqual(keys[3], keys[2]);
    }

    [Theory]
    [InlineData(ColumnItemType.Int32, "1", 847)]
    [InlineData(ColumnItemType.Single, "1", 56)]
    [InlineData(ColumnItemType.Double, "1", 655)]
    [InlineData(ColumnItemType.Text, "hello", 770)]
    public void Five_slots_become_one_key_when_combined(ColumnItemType item, string value, int expected)
    {
        Assert.Equal([Text(expected)], Chain(item, 5, isOrdered: false, isCombined: true).Evaluate(value, value, value, value, value));
    }

    [Fact]
    public void A_missing_slot_makes_the_combined_key_missing()
    {
        Assert.Equal(["0"], Chain(ColumnItemType.Single, 2, isOrdered: false, isCombined: true).Evaluate("1", ""));
    }

    [Theory]
    [InlineData("alibaba", 828372953)]
    [InlineData("ba ba", 290795468)]
    public void Texts_hash_by_the_older_function_before_version_1_3(string text, int expected)
    {
        var format = Hashing.Format with { Written = ComponentVersion.Of(1, 2), Readable = ComponentVersion.Of(1, 2) };
        var chain = new ChainBuilder().Input("In", ColumnItemType.Text)
            .Add(format, ChainBuilder.Pair("Out", "In").Int32(31).Int32(unchecked((int)DefaultSeed)).Boolean(false));

        Assert.Equal([Text(expected)], chain.Evaluate(text));
    }

    [Fact]
    public void Keys_are_mapped_back_by_the_vocabulary_that_lies_beside()
    {
        // One bit, two keys: whichever the text gets, its name comes from the vocabulary.
        var names = new BodyWriter().Int32(1).Int32(2).Int32(-1).Int32(0).Int32(2).Int32(3).Int32(7).Utf8("onetwos");
        var vocabulary = new BodyWriter();
        SchemaFileWriter.WriteCodec(vocabulary, new ColumnType(ColumnItemType.Text, 2));
        vocabulary.Int32(names.Bytes.Length).Raw(names.Bytes);
        var chain = new ChainBuilder().Input("In", ColumnItemType.Text)
            .Add(Hashing.Format, ChainBuilder.Pair("Key", "In").Int32(1).Int32(unchecked((int)DefaultSeed)).Boolean(false).Boolean(false), ("Vocabulary_000", Hashing.VocabularyFormat, vocabulary))
            .Add(KeyToValueMapping.Format, ChainBuilder.Pair("Name", "Key"));

        var cells = chain.Evaluate("hello");

        Assert.Equal(cells[0] == "1" ? "one" : "twos", cells[1]);
        Assert.Equal(["0", ""], chain.Evaluate(""));
    }

    private static ChainBuilder Chain(ColumnItemType item, int? length, bool isOrdered, bool isCombined) => new ChainBuilder()
        .Input("In", item, length)
        .Add(Hashing.Format, ChainBuilder.Pair("Out", "In").Int32(10).Int32(unchecked((int)DefaultSeed)).Boolean(isOrdered).Boolean(isCombined));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
