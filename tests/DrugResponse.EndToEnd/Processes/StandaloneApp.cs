using System.Text.RegularExpressions;

namespace DrugResponse.EndToEnd.Processes;

/// <summary>The built app started by itself, on a free port.</summary>
internal sealed partial class StandaloneApp : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private StandaloneApp(AppProcess process, Uri address)
    {
        Process = process;
        Http = new HttpClient { BaseAddress = address };
    }

    public AppProcess Process { get; }

    /// <summary>A client of the public port.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts the app and waits until it listens.</summary>
    /// <param name="settings">Environment variables, beside those of the free port.</param>
    public static async Task<StandaloneApp> StartAsync(params (string Name, string Value)[] settings)
    {
        var process = AppProcess.Start(
        [
            KeyValuePair.Create("DrugResponse__Hosting__Address", "127.0.0.1"),
            KeyValuePair.Create("DrugResponse__Hosting__Port", "0"),
            .. settings.Select(static setting => KeyValuePair.Create(setting.Name, setting.Value)),
        ]);
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // The public port is listened to first, so it is told first.
            var lines = process.Output.Select(static line => ListeningLine().Match(line));
            if (lines.FirstOrDefault(static match => match.Success) is { } match)
                return new StandaloneApp(process, new Uri(match.Groups["address"].Value));

            if (process.HasExited || TimeProvider.System.GetElapsedTime(start) > StartTimeout)
                Assert.Fail($"The app does not listen. It wrote: {string.Join('\n', process.Output)}\n{string.Join('\n', process.Errors)}");

            await Task.Delay(TimeSpan.FromMilliseconds(25), TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)$")]
    private static partial Regex ListeningLine();
}
