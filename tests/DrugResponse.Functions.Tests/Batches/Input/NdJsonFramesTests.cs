using System.Text;
using DrugResponse.Contracts.Batches;
using DrugResponse.Functions.Batches.Input;

namespace DrugResponse.Functions.Tests.Batches.Input;

public sealed class NdJsonFramesTests
{
    public static TheoryData<int> Pieces { get; } = [1, 2, 3, 7, int.MaxValue];

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Each_line_is_a_row_with_its_number(int pieceBytes)
    {
        var frames = await ReadAsync("{\"a\":1}\n\n  \r\n{\"b\":\"ä\"}\r\n{}", pieceBytes);

        Assert.Equal([(1, "{\"a\":1}"), (4, "{\"b\":\"ä\"}\r"), (5, "{}")], frames.Select(static frame => (frame.Line, frame.Json)));
        Assert.All(frames, static frame => Assert.Null(frame.Fault));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(" \r\n\t\n")]
    public async Task Blank_input_has_no_rows(string text) => Assert.Empty(await ReadAsync(text));

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task A_row_that_is_too_long_is_a_fault_and_its_neighbours_are_not(int pieceBytes)
    {
        var longest = new string('x', Frames.MaxRowBytes);
        var frames = await ReadAsync($"{{}}\n{longest}x\n{longest}\n{longest}{longest}{longest}\n[]", pieceBytes);

        Assert.Equal([1, 2, 3, 4, 5], frames.Select(static frame => frame.Line));
        Assert.Equal([false, true, false, true, false], frames.Select(static frame => frame.Fault is not null));
        Assert.Equal(["{}", "", longest, "", "[]"], frames.Select(static frame => frame.Json));
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        var frames = await Frames.OfAsync([0xEF, 0xBB, 0xBF, .. "{}\n"u8], BatchFormats.NdJson);

        Assert.Equal("{}", Assert.Single(frames).Json);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Utf16_is_refused(string encoding)
    {
        var input = Encoding.GetEncoding(encoding);

        await Assert.ThrowsAsync<InputRefusedException>(
            () => Frames.OfAsync([.. input.Preamble, .. input.GetBytes("{}\n")], BatchFormats.NdJson));
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Gzip_is_undone(int pieceBytes)
    {
        var frames = await Frames.OfAsync(Frames.GZip("\uFEFF{\"a\":1}\n{\"b\":2}\n"u8), BatchFormats.NdJson, pieceBytes);

        Assert.Equal(["{\"a\":1}", "{\"b\":2}"], frames.Select(static frame => frame.Json));
    }

    [Fact]
    public async Task Gzip_in_several_members_is_undone()
    {
        var frames = await Frames.OfAsync([.. Frames.GZip("{\"a\":1}\n"u8), .. Frames.GZip("{\"b\":2}\n"u8)], BatchFormats.NdJson);

        Assert.Equal(2, frames.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(12)]
    public async Task Gzip_whose_end_is_missing_is_refused(int missingBytes)
    {
        var whole = Frames.GZip("{\"a\":1}\n{\"b\":2}\n"u8);

        var refusal = await Assert.ThrowsAsync<InputRefusedException>(() => Frames.OfAsync(whole[..^missingBytes], BatchFormats.NdJson));

        Assert.Equal(400, refusal.Problem.Problem.Status);
    }

    [Fact]
    public async Task Damaged_gzip_is_refused()
    {
        var damaged = Frames.GZip("{\"a\":1}\n{\"b\":2}\n"u8);
        damaged[^6] ^= 1;

        await Assert.ThrowsAsync<InputRefusedException>(() => Frames.OfAsync(damaged, BatchFormats.NdJson));
    }

    private static Task<IReadOnlyList<Frames.Frame>> ReadAsync(string text, int pieceBytes = int.MaxValue) =>
        Frames.OfAsync(text, BatchFormats.NdJson, pieceBytes);
}
