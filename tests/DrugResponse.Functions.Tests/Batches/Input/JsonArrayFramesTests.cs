using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Batches.Input;

namespace DrugResponse.Functions.Tests.Batches.Input;

public sealed class JsonArrayFramesTests
{
    public static TheoryData<int> Pieces { get; } = [1, 2, 3, 7, int.MaxValue];

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Each_element_is_a_row_with_its_number(int pieceBytes)
    {
        var frames = await ReadAsync(" [ {\"a\":[1,{\"b\":\"]},\\\"\"}]}\n, 7,\"x,]\" ,null,[[]]\r\n]\n ", pieceBytes);

        Assert.Equal(
            [(1, "{\"a\":[1,{\"b\":\"]},\\\"\"}]}\n"), (2, "7"), (3, "\"x,]\" "), (4, "null"), (5, "[[]]\r\n")],
            frames.Select(static frame => (frame.Line, frame.Json)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData(" [ ] ")]
    public async Task An_empty_array_has_no_rows(string text) => Assert.Empty(await ReadAsync(text));

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task An_element_that_is_too_long_is_a_fault_and_its_neighbours_are_not(int pieceBytes)
    {
        var tooLong = $"{{\"a\":\"{new string(',', Frames.MaxRowBytes)}\"}}";

        var frames = await ReadAsync($"[{{}},{tooLong},{tooLong},[]]", pieceBytes);

        Assert.Equal([1, 2, 3, 4], frames.Select(static frame => frame.Line));
        Assert.Equal([false, true, true, false], frames.Select(static frame => frame.Fault is not null));
    }

    [Fact]
    public async Task A_malformed_element_ends_where_the_next_one_begins()
    {
        var frames = await ReadAsync("[{\"a\":},{}},{\"b\":1 2},{}]");

        Assert.Equal(["{\"a\":}", "{}}", "{\"b\":1 2}", "{}"], frames.Select(static frame => frame.Json));
    }

    [Theory]
    [InlineData("", "not closed")]
    [InlineData("{}", "must begin with [")]
    [InlineData("[", "not closed")]
    [InlineData("[{}", "ends within element 1, which begins at byte 2")]
    [InlineData("[{},", "ends behind element 1")]
    [InlineData("[\"]", "ends within element 1, which begins at byte 2")]
    [InlineData("[{},\n{\"a\":[1},{},{}]", "ends within element 2, which begins at byte 6")]
    [InlineData("[{},]", "at byte 5")]
    [InlineData("[,{}]", "at byte 2")]
    [InlineData("[{},,{}]", "at byte 5")]
    [InlineData("[{}] x", "Byte 6")]
    [InlineData("[{}][{}]", "Byte 5")]
    public async Task What_is_no_array_is_refused(string text, string expected)
    {
        foreach (var pieceBytes in new[] { 1, int.MaxValue })
        {
            var refusal = await Assert.ThrowsAsync<InputRefusedException>(() => ReadAsync(text, pieceBytes));

            Assert.Equal((ProblemTypes.MalformedJson, 400), (refusal.Problem.Problem.Type, refusal.Problem.Problem.Status));
            Assert.Contains(expected, refusal.Problem.Problem.Detail, StringComparison.Ordinal);
        }
    }

    private static Task<IReadOnlyList<Frames.Frame>> ReadAsync(string text, int pieceBytes = int.MaxValue) =>
        Frames.OfAsync(text, BatchFormats.Json, pieceBytes);
}
