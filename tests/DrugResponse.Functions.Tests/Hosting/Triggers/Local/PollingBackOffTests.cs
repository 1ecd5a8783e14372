using DrugResponse.Functions.Hosting.Triggers.Local;

namespace DrugResponse.Functions.Tests.Hosting.Triggers.Local;

public sealed class PollingBackOffTests
{
    [Fact]
    public void Pauses_grow_from_100_ms_to_the_longest()
    {
        var backOff = new PollingBackOff(TimeSpan.FromSeconds(2), new Random(1));

        var pauses = Enumerable.Range(0, 100).Select(_ => backOff.Next().TotalMilliseconds).ToArray();

        Assert.Equal(100, pauses[0]);
        Assert.InRange(pauses[1], 180, 220);
        Assert.InRange(pauses[2], 260, 340);
        Assert.InRange(pauses[3], 420, 580);
        Assert.InRange(pauses[4], 740, 1060);
        Assert.InRange(pauses[5], 1380, 2000);
        Assert.All(pauses[6..], static pause => Assert.Equal(2000, pause));
    }

    [Fact]
    public void Pauses_start_again_after_a_reset()
    {
        var backOff = new PollingBackOff(TimeSpan.FromSeconds(2), new Random(1));
        _ = backOff.Next();
        _ = backOff.Next();

        backOff.Reset();

        Assert.Equal(TimeSpan.FromMilliseconds(100), backOff.Next());
    }

    [Fact]
    public void No_pause_is_longer_than_the_longest() =>
        Assert.Equal(TimeSpan.FromMilliseconds(50), new PollingBackOff(TimeSpan.FromMilliseconds(50), new Random(1)).Next());
}
