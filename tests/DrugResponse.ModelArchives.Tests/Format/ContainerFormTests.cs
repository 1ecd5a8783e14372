using System.IO.Compression;
using DrugResponse.ModelArchives.Format;
using DrugResponse.ModelArchives.Loading;
using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Transforms;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests.Format;

/// <summary>The same model in other forms that ML.NET opens as well.</summary>
public class ContainerFormTests
{
    private const string Name = "fasttree-binary-catsplit";

    [Fact]
    public void Backslashes_separate_directories()
    {
        AssertSame(ArchiveEditor.OpenFixture(Name).Zip(name => name.Replace('/', '\\')));
    }

    [Fact]
    public void Text_copies_training_information_and_unknown_entries_do_not_matter()
    {
        var archive = ArchiveEditor.OpenFixture(Name);
        foreach (var entry in archive.Names.Where(name => name.EndsWith(".txt", StringComparison.Ordinal)).ToArray())
            archive.Remove(entry);
        archive["Notes/readme.md"] = [1, 2, 3];

        AssertSame(archive.Zip());
    }

    [Fact]
    public void Deflated_entries_in_any_order_with_directory_entries_are_read()
    {
        var archive = ArchiveEditor.OpenFixture(Name);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("TransformerChain/");
            foreach (var name in archive.Names.Reverse())
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(archive[name]);
            }
        }

        AssertSame(stream.ToArray());
    }

    [Fact]
    public void Inputs_are_inferred_with_their_types_when_there_is_no_schema()
    {
        var bytes = ArchiveEditor.OpenFixture(Name).Remove("Schema").Zip();
        var inputs = ModelArchive.Read(bytes).Inputs.ToDictionary(input => input.Name);

        Assert.Equal(ColumnItemType.Text, inputs["Region"].ItemType);
        Assert.Equal(ColumnItemType.Single, inputs["Age"].ItemType);
        AssertSame(bytes);
    }

    [Fact]
    public void An_archive_with_a_loader_takes_its_columns_from_it()
    {
        var archive = ArchiveEditor.OpenFixture("gam-binary").Remove("Schema");
        var entries = archive.Names.Where(name => name.StartsWith("TransformerChain/", StringComparison.Ordinal)).Reverse().ToArray();
        foreach (var entry in entries)
            archive.Move(entry, entry.Replace("TransformerChain/", "TransformerChain/Transform_000/", StringComparison.Ordinal));

        string[] columns = ["Label", "Age", "Income", "DebtRatio", "Utilization", "Delinquencies", "OpenLines", "Tenure", "Amount"];
        archive.Set("", DataLoaders.CompositeFormat, new BodyWriter());
        archive.Set("TransformerChain", TransformerChain.Format, new BodyWriter().Int32s([7]));
        archive.Set("Loader", TextLoader.Format, new BodyWriter()
            .Int32(4).Int64(long.MaxValue).Int32(3).Int32(0).Int32(1).Raw([44, 0]).Byte((byte)'"').Byte((byte)'.')
            .Counted(columns, (body, column) => body.String(column).Byte(9).Boolean(false).Int32(1).Int32(Array.IndexOf(columns, column)).Int32(Array.IndexOf(columns, column) + 1).Boolean(false)));

        AssertSame(archive.Zip(), "gam-binary");
    }

    [Fact]
    public void A_bare_transform_is_a_model()
    {
        var archive = ArchiveEditor.Empty();
        archive.Set("TransformerChain", ColumnCopying.Format, new BodyWriter().Int32(1).String("B").String("A"));
        archive.SetSchema("Schema", ("A", ColumnType.Number));

        var read = ModelArchive.Read(archive.Zip());

        Assert.Equal(PredictionKind.None, read.Kind);
        Assert.Throws<InvalidOperationException>(read.Compile);
    }

    [Fact]
    public void Elements_outside_the_scoring_scope_take_no_part()
    {
        var archive = ArchiveEditor.Empty();
        archive.Set("TransformerChain", TransformerChain.Format, new BodyWriter().Int32s([7, 3]));
        archive.Set("TransformerChain/Transform_000", ColumnCopying.Format, new BodyWriter().Int32(1).String("B").String("A"));
        archive.SetSchema("Schema", ("A", ColumnType.Number));

        Assert.Equal(["B"], ModelArchive.Read(archive.Zip()).CompileOutputs().CellNames);
    }

    [Fact]
    public void Columns_swap_when_a_transform_writes_what_it_reads()
    {
        var archive = ArchiveEditor.Empty();
        archive.Set("TransformerChain", ColumnCopying.Format, new BodyWriter().Int32(2).String("A").String("B").String("B").String("A"));
        archive.SetSchema("Schema", ("A", ColumnType.Number), ("B", ColumnType.Number));
        var evaluator = ModelArchive.Read(archive.Zip()).CompileOutputs();
        var row = evaluator.CreateRow();
        row.SetSingle(row.IndexOf("A"), 1);
        row.SetSingle(row.IndexOf("B"), 2);

        Assert.Equal(["2", "1"], evaluator.Evaluate(row));
    }

    private static void AssertSame(byte[] archive, string name = Name)
    {
        var fixture = Fixture.Load(name);
        var evaluator = ModelArchive.Read(archive).CompileOutputs();
        var row = evaluator.CreateRow();

        for (var line = 0; line < fixture.Inputs.Rows.Length; line++)
        {
            fixture.Fill(row, line);

            Assert.Equal(fixture.Expected.Rows[line], evaluator.Evaluate(row));
        }
    }
}
