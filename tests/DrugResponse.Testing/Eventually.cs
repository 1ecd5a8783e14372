using Xunit;

namespace DrugResponse.Testing;

/// <summary>Waits for what happens in another thread or process. The limit is generous: it is met only when it never happens.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">Looks.</param>
    /// <param name="expectation">What is waited for, as a clause.</param>
    /// <exception cref="TimeoutException">It did not hold within a minute.</exception>
    public static Task TrueAsync(Func<bool> condition, string expectation) =>
        TrueAsync(() => Task.FromResult(condition()), expectation);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">Looks.</param>
    /// <param name="expectation">What is waited for, as a clause.</param>
    /// <param name="limit">For how long at most; a minute by default.</param>
    /// <exception cref="TimeoutException">It did not hold within the limit.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, string expectation, TimeSpan? limit = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > (limit ?? Limit))
                throw new TimeoutException($"It never came true that {expectation}.");

            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }
}
