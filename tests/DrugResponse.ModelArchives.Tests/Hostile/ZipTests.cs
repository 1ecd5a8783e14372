using System.IO.Compression;
using DrugResponse.ModelArchives.Tests.Support;
using DrugResponse.ModelArchives.Writing;

namespace DrugResponse.ModelArchives.Tests.Hostile;

public class ZipTests
{
    private static readonly byte[] Valid = Fixture.Load("gam-binary").Archive;

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (var length = 0; length < Valid.Length; length += 7)
            Assert.Throws<ModelArchiveFormatException>(() => ModelArchive.Read(Valid.AsMemory(0, length)));
    }

    [Fact]
    public void A_flipped_bit_in_the_data_of_an_entry_is_refused_by_its_checksum()
    {
        var archive = ArchiveEditor.Open(Valid).Zip();
        var position = archive.AsSpan().IndexOf("Age\0"u8) is var found and >= 0 ? found : archive.AsSpan().IndexOf("A\0g\0e\0"u8);
        archive[position] ^= 1;

        var exception = Assert.Throws<ModelArchiveFormatException>(() => ModelArchive.Read(archive));

        Assert.StartsWith("checksum", exception.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TransformerChain/Model.key", "TransformerChain\\Model.key")]
    [InlineData("A", "A")]
    public void Two_entries_of_one_name_are_refused_whatever_the_separator(string first, string second)
    {
        var writer = new ZipContainerWriter();
        writer.Add(first, [1]);
        writer.Add(second, [2]);

        var exception = Assert.Throws<ModelArchiveFormatException>(() => ModelArchive.Read(writer.Finish()));

        Assert.Contains(first, exception.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../Model.key")]
    [InlineData("TransformerChain\\..\\Model.key")]
    [InlineData("/etc/Model.key")]
    public void Names_that_leave_the_archive_are_refused(string name)
    {
        var writer = new ZipContainerWriter();
        writer.Add(name, [1]);

        Assert.Throws<ModelArchiveFormatException>(() => ModelArchive.Read(writer.Finish()));
    }

    [Fact]
    public void Overlapping_entries_are_refused()
    {
        var writer = new ZipContainerWriter();
        writer.Add("first", [1, 2, 3]);
        writer.Add("other", [1, 2, 3]);
        var archive = writer.Finish();

        // The second directory record gets the local offset, and the name, of the first.
        var second = archive.AsSpan().LastIndexOf("PK\x01\x02"u8);
        archive.AsSpan(second + 42, 4).Clear();
        "first"u8.CopyTo(archive.AsSpan(second + 46));

        Assert.Throws<ModelArchiveFormatException>(() => ModelArchive.Read(archive));
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_is_expanded()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("Schema", CompressionLevel.Optimal).Open();
            var zeros = new byte[1 << 20];
            for (var index = 0; index < 200; index++)
                entry.Write(zeros);
        }

        var archive = stream.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();

        // Without a transformer the bomb would not even be looked at.
        Assert.ThrowsAny<ModelArchiveException>(() => ModelArchive.Read(archive));
        var bomb = Rename(archive, "Schema", "TransformerChain/Model.key");
        var exception = Assert.Throws<ModelArchiveLimitException>(() => ModelArchive.Read(bomb));

        Assert.Equal("TransformerChain/Model.key", exception.Entry);
        Assert.Equal(200L << 20, exception.Found);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
    }

    [Fact]
    public void More_entries_than_allowed_are_refused()
    {
        var writer = new ZipContainerWriter();
        for (var index = 0; index < 11; index++)
            writer.Add($"entry{index}", []);

        var exception = Assert.Throws<ModelArchiveLimitException>(() => ModelArchive.Read(writer.Finish(), new ModelArchiveLimits { MaxEntries = 10 }));

        Assert.Equal(11, exception.Found);
    }

    [Fact]
    public void An_archive_larger_than_allowed_is_refused_from_memory_and_from_a_stream()
    {
        var limits = new ModelArchiveLimits { MaxArchiveBytes = 1000 };

        Assert.Throws<ModelArchiveLimitException>(() => ModelArchive.Read(Valid, limits));
        Assert.Throws<ModelArchiveLimitException>(() => ModelArchive.Read(new MemoryStream(Valid), limits));
    }

    [Fact]
    public void A_stream_is_read_from_its_position()
    {
        using var stream = new MemoryStream([1, 2, 3, .. Valid]) { Position = 3 };

        Assert.Equal(PredictionKind.Binary, ModelArchive.Read(stream).Kind);
    }

    private static byte[] Rename(byte[] archive, string from, string to)
    {
        using var source = new ZipArchive(new MemoryStream(archive));
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var input = source.GetEntry(from)!.Open();
            using var output = zip.CreateEntry(to).Open();
            input.CopyTo(output);
        }

        return stream.ToArray();
    }
}
