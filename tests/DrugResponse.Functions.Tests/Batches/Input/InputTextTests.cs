using System.Buffers;
using System.Text;
using DrugResponse.Contracts.Problems;
using DrugResponse.Functions.Batches.Input;

namespace DrugResponse.Functions.Tests.Batches.Input;

/// <summary>The end of what an input may unpack to.</summary>
public sealed class InputTextTests
{
    private const int Limit = 1000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_much_as_a_text_may_have_is_read() =>
        Assert.Equal(Limit, await LengthAsync(Frames.GZip(Encoding.UTF8.GetBytes(new string(' ', Limit)))));

    [Fact]
    public async Task What_unpacks_to_more_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<InputRefusedException>(
            () => LengthAsync(Frames.GZip(Encoding.UTF8.GetBytes(new string(' ', Limit + 1)))));

        Assert.Equal((ProblemTypes.BodyTooLarge, "The limit is 1000 bytes."), (refusal.Problem.Problem.Type, refusal.Problem.Problem.Detail));
    }

    private static async Task<long> LengthAsync(byte[] input)
    {
        using var stream = new MemoryStream(input);
        var text = await InputText.OpenAsync(stream, Cancellation, Limit);
        long length = 0;
        while (true)
        {
            var read = await text.ReadAsync(Cancellation);
            length += read.Buffer.Length;
            text.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return length;
        }
    }
}
