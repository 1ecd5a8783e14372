using System.Text;
using DrugResponse.Storage.Protection;

namespace DrugResponse.Storage.Tests.Batches;

public sealed class BatchSealTests
{
    private static readonly EnvelopePlace Place = new(TenantName.Parse("tenant"), "batches/1/input@0");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void What_is_sealed_is_given_back(int length)
    {
        var content = new byte[length];
        new Random(1).NextBytes(content);

        Assert.Equal(content, Sample.Seal.Open(Place, Sample.Seal.Seal(Place, content)));
    }

    [Fact]
    public void Text_becomes_much_smaller()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(static i => $"{{\"rowId\":\"P-{i}\"}}\n")));

        Assert.InRange(Sample.Seal.Seal(Place, text).Length, 1, text.Length / 4);
    }

    [Fact]
    public void A_short_content_does_not_lie_in_clear()
    {
        var stored = Sample.Seal.Seal(Place, "MRN-0042"u8).ToArray();

        Assert.Equal(-1, stored.AsSpan().IndexOf("MRN"u8));
    }

    [Fact]
    public void Damaged_bytes_and_bytes_from_elsewhere_are_refused()
    {
        var stored = Sample.Seal.Seal(Place, "a content that is longer than nothing"u8).ToArray();
        byte[] otherForm = [9, .. stored[1..]];
        byte[] changed = [.. stored[..^1], (byte)(stored[^1] ^ 1)];

        foreach (var damaged in new[] { [], stored[..4], stored[..^1], otherForm, changed })
            Assert.Throws<InvalidDataException>(() => Sample.Seal.Open(Place, damaged));
        Assert.Throws<InvalidDataException>(() => Sample.Seal.Open(Place with { Location = "batches/2/input@0" }, stored));
        Assert.Throws<InvalidDataException>(() => Sample.Seal.Open(Place with { Tenant = TenantName.Parse("other") }, stored));
    }
}
