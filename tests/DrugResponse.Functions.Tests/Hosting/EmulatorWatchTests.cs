using System.Diagnostics;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Tests.Support;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;
using Microsoft.Extensions.Logging;

namespace DrugResponse.Functions.Tests.Hosting;

public sealed class EmulatorWatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_emulator_that_ends_by_itself_is_started_again_until_it_ends_too_often()
    {
        using var logs = new CapturedLogs();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(logs));
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        var watch = new EmulatorWatch(TimeProvider.System, factory.CreateLogger<EmulatorWatch>());
        var watching = watch.WatchAsync(emulator, "the folder", Cancellation);

        for (var restarts = 0; restarts <= EmulatorWatch.MostRestarts; restarts++)
        {
            var expected = restarts;
            await Eventually.TrueAsync(() => Count(logs, "Azurite serves again.") == expected, "the emulator serves again");
            Assert.True(await AzuriteEmulator.IsListeningAsync(emulator.Ports, Cancellation));
            using var child = Process.GetProcessById(emulator.ProcessId!.Value);
            child.Kill();
        }

        await watching;
        Assert.False(emulator.IsRunning);
        Assert.Equal(EmulatorWatch.MostRestarts, Count(logs, "Azurite ended by itself (exit code"));
        Assert.Contains(logs.Lines, static line => line.StartsWith("Critical", StringComparison.Ordinal) && line.Contains("delete the folder the folder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_watch_ends_with_the_process()
    {
        using var factory = LoggerFactory.Create(static _ => { });
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        using var stopping = new CancellationTokenSource();
        var watching = new EmulatorWatch(TimeProvider.System, factory.CreateLogger<EmulatorWatch>()).WatchAsync(emulator, "", stopping.Token);

        await stopping.CancelAsync();

        await watching;
        Assert.True(emulator.IsRunning);
    }

    private static int Count(CapturedLogs logs, string text) => logs.Lines.Count(line => line.Contains(text, StringComparison.Ordinal));
}
