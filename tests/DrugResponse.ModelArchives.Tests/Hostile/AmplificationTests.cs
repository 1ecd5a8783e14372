using System.IO.Compression;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Predictors;
using DrugResponse.ModelArchives.Predictors.Trees;
using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Transforms;
using DrugResponse.ModelArchives.Transforms.Normalizers;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests.Hostile;

/// <summary>Archives of one megabyte that ask for as much memory as the format lets them: all is refused, or fits into 100 MB.</summary>
public class AmplificationTests
{
    private const int ArchiveSize = 1 << 20;
    private const long MostMemory = 100_000_000;

    /// <summary>A little less than such an archive may expand to.</summary>
    private const int MostBytes = 15 << 20;

    private const string Chain = "TransformerChain";

    public static TheoryData<string> Attacks => [.. Bodies.Keys];

    private static Dictionary<string, Func<Dictionary<string, byte[]>>> Bodies { get; } = new()
    {
        ["terms that repeat one text"] = () => OneTransform(ValueToKeyMapping.Format, Pair().Boolean(false), ("Vocabulary", ValueToKeyMapping.VocabularyFormat,
            Filled(new BodyWriter().Int32(1).Byte(0), MostBytes / 4, 4, body => body.String("x")))),
        ["terms that all differ"] = () => OneTransform(ValueToKeyMapping.Format, Pair().Boolean(false), ("Vocabulary", ValueToKeyMapping.VocabularyFormat,
            Terms(MostBytes / 256))),
        ["column pairs"] = () => OneTransform(ColumnCopying.Format, Filled(new BodyWriter(), MostBytes / 8, 8, body => body.String("Age").String("Age"))),
        ["columns that double by concatenation"] = () => OneTransform(ColumnConcatenation.Format, Doubling(60)),
        ["sources of a concatenation"] = () => OneTransform(ColumnConcatenation.Format, Filled(
            new BodyWriter().Int32(1).String("V"), MostBytes / 8, 8, body => body.String("Age").String(null))),
        ["slots of a hash"] = () => new Dictionary<string, byte[]>
        {
            [$"{Chain}/Model.key"] = ModelStreamWriter.Write(TransformerChain.Format, new BodyWriter().Int32s([7, 7])),
            [$"{Chain}/Transform_000/Model.key"] = ModelStreamWriter.Write(Hashing.Format, Pair().Int32(31).Int32(1).Boolean(false).Boolean(false)),
            [$"{Chain}/Transform_001/Model.key"] = ModelStreamWriter.Write(KeyToVectorMapping.Format, Pair().Boolean(false)),
        },
        ["bins of many slots"] = () => OneTransform(
            Normalization.Format,
            Pair().Boolean(true).Byte(9).Int32s([MostBytes / 8]),
            ("Normalizer_000", BinNormalizer.Format, new BodyWriter().Boolean(false)),
            ("Normalizer_000/BinNormalizer", BinNormalizer.BoundsFormat, Filled(new BodyWriter().Int32(4), MostBytes / 8, 8, body => body.Int32(1).Single(float.PositiveInfinity)))),
        ["slots that an affine normalizer does not list"] = () => OneTransform(
            Normalization.Format,
            Pair().Boolean(true).Byte(9).Int32s([int.MaxValue]),
            ("Normalizer_000", AffineNormalizer.Format, new BodyWriter().Int32(4).Int32(int.MaxValue).Int32(0).Singles([]).Singles([]))),
        ["trees of one split"] = () => Model(TreeFormat.FastTreeRegression.Component, Stumps(MostBytes / 120)),
        ["shape functions of one bin"] = () => Model(GamPredictor.RegressionFormat, Filled(new BodyWriter(), MostBytes / 20, 12, body => body.Int32(1).Double(0))),
        ["features of a GAM"] = () => Model(GamPredictor.RegressionFormat, new BodyWriter().Int32(0).Int32(int.MaxValue).Double(0).Int32(0)),
        ["features of a linear model"] = () => Model(LinearPredictor.RegressionFormat, new BodyWriter().Int32(4).Single(0).Int32(int.MaxValue).Int32s([]).Singles([])),
        ["classes without features"] = () => Model(MulticlassLinearPredictor.LinearFormat, Classes(MostBytes / 4)),
        ["clusters without values"] = () => Model(KMeansPredictor.Format, Repeated(new BodyWriter().Int32(4).Int32(MostBytes / 4).Int32(1), MostBytes / 4, body => body.Int32(0))),
        ["nodes without features"] = () => Model(LocalDeepSvmPredictor.Format, new BodyWriter().Int32(4).Int32(1 << 21).Int32(0).Single(1).Raw(new byte[MostBytes])),
        ["columns of a schema"] = () => new Dictionary<string, byte[]>
        {
            [$"{Chain}/Model.key"] = ModelStreamWriter.Write(ColumnCopying.Format, Pair()),
            ["Schema"] = SchemaFileWriter.Write([.. Enumerable.Repeat(("Age", ColumnType.Number), MostBytes / 40)]),
        },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Memory_stays_within_bounds(string attack)
    {
        var archive = Zip(Bodies[attack]());
        Assert.InRange(archive.Length, ArchiveSize, ArchiveSize + (ArchiveSize / 4));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Record.Exception(() => ModelArchive.Read(archive).CompileOutputs());
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(exception is null or ModelArchiveException, $"{exception}");
        Assert.True(allocated < MostMemory, $"{allocated} bytes were allocated.");
    }

    [Fact]
    public void Components_nested_deeper_than_allowed_are_refused()
    {
        var entries = new Dictionary<string, byte[]>();
        var path = Chain;
        for (var depth = 0; depth < 40; depth++, path += "/Transform_000")
            entries[$"{path}/Model.key"] = ModelStreamWriter.Write(TransformerChain.Format, new BodyWriter().Int32s([7]));

        Assert.Throws<ModelArchiveLimitException>(() => ModelArchive.Read(Zip(entries)));
    }

    [Theory]
    [InlineData(0, ~1)]
    [InlineData(1, 1)]
    [InlineData(~0, ~7)]
    [InlineData(5, ~0)]
    public void A_tree_whose_children_are_not_a_tree_is_refused(int first, int second)
    {
        var body = new BodyWriter().Int32(4).Int32(1).Byte(0).Int32(3).Double(0).Double(1)
            .Int32s([1, first]).Int32s([~2, second]).Int32s([0, 0]).Int32s([]).Int32s([]).Singles([1, 2]).Singles([]).Doubles([1, 2, 3]).Doubles([0, 0]).Doubles([]).Doubles([])
            .Double(0).String(null).String(null).Int32(1);

        Assert.Throws<ModelArchiveFormatException>(() => ModelArchive.Read(Zip(Model(TreeFormat.FastTreeRegression.Component, body))));
    }

    private static BodyWriter Pair() => new BodyWriter().Int32(1).String("Age").String("Age");

    private static BodyWriter Filled(BodyWriter body, int count, int itemSize, Action<BodyWriter> write)
    {
        Assert.True((long)count * itemSize <= MostBytes);

        return Repeated(body.Int32(count), count, write);
    }

    private static BodyWriter Repeated(BodyWriter body, int count, Action<BodyWriter> write)
    {
        for (var index = 0; index < count; index++)
            write(body);

        return body;
    }

    private static BodyWriter Terms(int count)
    {
        var body = new BodyWriter().Int32(1).Byte(0).Int32(count);
        for (var index = 0; index < count; index++)
            body.String(((char)index).ToString() + (char)(index >> 16));

        return body;
    }

    private static BodyWriter Doubling(int outputs)
    {
        var body = new BodyWriter().Int32(outputs);
        for (var index = 0; index < outputs; index++)
            body.String("Age").Int32(2).String("Age").String(null).String("Age").String(null);

        return body;
    }

    private static BodyWriter Stumps(int count)
    {
        var body = new BodyWriter().Int32(4).Int32(count);
        for (var index = 0; index < count; index++)
        {
            body.Byte(0).Int32(2).Double(0).Double(1).Int32s([~0]).Int32s([~1]).Int32s([0]).Int32s([]).Int32s([])
                .Singles([1]).Singles([]).Doubles([0, 1]).Doubles([]).Doubles([]).Doubles([]);
        }

        return body.Double(0).String(null).String(null).Int32(1);
    }

    private static BodyWriter Classes(int count) =>
        new BodyWriter().Int32(4).Int32(0).Int32(count).Raw(new byte[4 * (count - 8)]).Int32(0).Int32(0).Int32(0).Raw(new byte[32]);

    private static Dictionary<string, byte[]> OneTransform(ComponentFormat format, BodyWriter body, params (string Directory, ComponentFormat Format, BodyWriter Body)[] parts)
    {
        var entries = new Dictionary<string, byte[]> { [$"{Chain}/Model.key"] = ModelStreamWriter.Write(format, body) };
        foreach (var part in parts)
            entries[$"{Chain}/{part.Directory}/Model.key"] = ModelStreamWriter.Write(part.Format, part.Body);

        return entries;
    }

    private static Dictionary<string, byte[]> Model(ComponentFormat format, BodyWriter body) => new()
    {
        [$"{Chain}/Model.key"] = ModelStreamWriter.Write(PredictionTransforms.RegressionFormat, new BodyWriter().String("Features")),
        [$"{Chain}/TrainSchema"] = SchemaFileWriter.Write([("Features", ColumnType.NumberVector(1))]),
        [$"{Chain}/Model/Model.key"] = ModelStreamWriter.Write(format, body),
    };

    /// <summary>Deflates the entries, and adds one that no loader reads to bring the archive to its size.</summary>
    private static byte[] Zip(Dictionary<string, byte[]> entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(content);
            }

            var padding = new byte[ArchiveSize];
            new Random(1).NextBytes(padding);
            using var rest = zip.CreateEntry("TrainingInfo/Padding", CompressionLevel.NoCompression).Open();
            rest.Write(padding);
        }

        return stream.ToArray();
    }
}
