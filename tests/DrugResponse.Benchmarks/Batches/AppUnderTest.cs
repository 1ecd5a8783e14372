using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DrugResponse.Benchmarks.Batches;

/// <summary>The built app as a process of its own.</summary>
internal sealed partial class AppUnderTest : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private AppUnderTest(Process process, Uri address)
    {
        _process = process;
        _http = new HttpClient
        {
            BaseAddress = new Uri(address, "/api/"),
            Timeout = TimeSpan.FromMinutes(10),
            DefaultRequestHeaders = { { "x-functions-key", "development" } },
        };
    }

    /// <summary>Starts the app and waits until it is ready.</summary>
    /// <param name="program">Path of the program.</param>
    /// <param name="connectionString">The storage account.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<AppUnderTest> StartAsync(string program, string connectionString, params IEnumerable<string> settings)
    {
        string[] arguments =
        [
            "--environment=Development", "--DrugResponse:Hosting:Address=127.0.0.1", "--DrugResponse:Hosting:Port=0", $"--AzureWebJobsStorage={connectionString}",
            .. settings.Select(static setting => "--" + setting),
        ];
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (ListeningLine().Match(line.Data ?? "") is { Success: true } match)
                listening.TrySetResult(new Uri(match.Groups["address"].Value));
        };
        process.BeginOutputReadLine();
        var app = new AppUnderTest(process, await listening.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        while (!(await app._http.GetAsync("health/ready")).IsSuccessStatusCode)
            await Task.Delay(100);
        return app;
    }

    /// <summary>Carries a cohort out and gives the times until it was accepted and until it was completed.</summary>
    public async Task<(TimeSpan Accepted, TimeSpan Completed)> RunAsync(byte[] cohort)
    {
        var start = Stopwatch.GetTimestamp();
        using var content = new ByteArrayContent(cohort) { Headers = { { "Content-Type", "application/x-ndjson" } } };
        using var response = await _http.PostAsync("v1/batches", content);
        response.EnsureSuccessStatusCode();
        var accepted = Stopwatch.GetElapsedTime(start);
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("batchId").GetString();
        while (true)
        {
            var status = await _http.GetFromJsonAsync<JsonElement>($"v1/batches/{id}");
            if (status.GetProperty("state").GetString() is "completed")
                return (accepted, Stopwatch.GetElapsedTime(start));
            if (status.GetProperty("state").GetString() is not ("accepted" or "running"))
                throw new InvalidOperationException($"The batch ended otherwise: {status}");

            // Asking costs storage time too.
            await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(Stopwatch.GetElapsedTime(start).TotalSeconds / 20, 0.1, 1)));
        }
    }

    /// <summary>Memory of the process in MB: most of all, and now.</summary>
    public (long Peak, long Now) Memory()
    {
        var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status"));
        return (Of("VmHWM:"), Of("VmRSS:"));

        long Of(string name) => long.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ')[^2], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Processor time that the process has used.</summary>
    public TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)$")]
    private static partial Regex ListeningLine();
}
