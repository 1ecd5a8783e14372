namespace DrugResponse.Functions.Tests.Hosting;

/// <summary>Waits for what happens in another thread or process. The limit is generous: it is met only when it never happens.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task TrueAsync(Func<bool> condition, string expectation) =>
        TrueAsync(() => Task.FromResult(condition()), expectation);

    public static async Task TrueAsync(Func<Task<bool>> condition, string expectation)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Limit)
                Assert.Fail($"Never came true: {expectation}.");

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
