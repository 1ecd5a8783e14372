using System.Text;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Storage.Tests.Batches;

public sealed class BatchSealTests
{
    private readonly BatchSeal _seal = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void What_is_sealed_is_given_back(int length)
    {
        var content = new byte[length];
        new Random(1).NextBytes(content);

        Assert.Equal(content, _seal.Open(_seal.Seal(content)));
    }

    [Fact]
    public void Text_becomes_much_smaller()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(static i => $"{{\"rowId\":\"P-{i}\"}}\n")));

        Assert.InRange(_seal.Seal(text).Length, 1, text.Length / 4);
    }

    [Fact]
    public void Damaged_bytes_are_refused()
    {
        var stored = _seal.Seal("a content that is longer than nothing"u8).ToArray();
        byte[] otherForm = [2, .. stored[1..]];
        byte[] longer = [stored[0], (byte)(stored[1] + 1), .. stored[2..]];
        byte[] shorter = [stored[0], (byte)(stored[1] - 1), .. stored[2..]];

        foreach (var damaged in new[] { [], stored[..4], otherForm, longer, shorter })
            Assert.Throws<InvalidDataException>(() => _seal.Open(damaged));
    }
}
