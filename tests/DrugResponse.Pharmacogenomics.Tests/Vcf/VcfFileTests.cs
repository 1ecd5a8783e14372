using System.IO.Compression;
using System.Text;
using DrugResponse.Pharmacogenomics.Interpretation;
using DrugResponse.Pharmacogenomics.Vcf;

namespace DrugResponse.Pharmacogenomics.Tests.Vcf;

public class VcfFileTests
{
    private const long Plenty = 1 << 20;
    private static readonly string Text = new VcfBuilder("VKORC1").With("rs9923231", "1/1").Build();

    [Fact]
    public async Task Plain_gzip_and_bgzip_read_the_same()
    {
        byte[][] files = [Encoding.UTF8.GetBytes(Text), Gzip(Text), [.. Gzip(Text[..40]), .. Gzip(Text[40..]), .. Gzip("")]];

        foreach (var file in files)
        {
            var result = await VcfFile.ReadAsync(new MemoryStream(file), Plenty, TestContext.Current.CancellationToken);

            Assert.Null(result.Fault);
            Assert.Equal("-1639 AA", GenotypeInterpreter.Default.Interpret(new GenotypeInput { Vcf = result.Text }).Only().Phenotype?.Term);
        }
    }

    [Fact]
    public async Task Records_of_no_interest_are_dropped()
    {
        var padded = Text + string.Concat(Enumerable.Range(1, 5000).Select(i => $"chr1\t{i}\t.\tA\tC\t.\t.\t.\tGT\t0/1\n"));

        var result = await VcfFile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(padded)), Plenty, TestContext.Current.CancellationToken);

        Assert.Equal(Text, result.Text);
    }

    [Fact]
    public async Task A_file_that_unpacks_to_too_much_is_refused()
    {
        var bomb = Gzip(Text + new string('\n', 3_000_000));

        var result = await VcfFile.ReadAsync(new MemoryStream(bomb), Plenty, TestContext.Current.CancellationToken);

        Assert.Null(result.Text);
        Assert.NotNull(result.Fault);
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        var damaged = Gzip(Text);
        damaged[damaged.Length / 2] ^= 0xFF;

        Assert.NotNull((await VcfFile.ReadAsync(new MemoryStream(damaged), Plenty, TestContext.Current.CancellationToken)).Fault);
        Assert.NotNull((await VcfFile.ReadAsync(new MemoryStream([0x23, 0xFF, 0xFE]), Plenty, TestContext.Current.CancellationToken)).Fault);
    }

    [Fact]
    public async Task An_empty_file_reads_as_empty_text()
    {
        var result = await VcfFile.ReadAsync(new MemoryStream(), Plenty, TestContext.Current.CancellationToken);

        Assert.Equal("", result.Text);
    }

    private static byte[] Gzip(string text)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return memory.ToArray();
    }
}
