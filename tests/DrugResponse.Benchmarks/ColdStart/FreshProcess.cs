using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DrugResponse.Benchmarks.ColdStart;

/// <summary>Starts a program and asks it until it answers.</summary>
internal static class FreshProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Measures the time from the start of a program to its first answer.</summary>
    /// <param name="program">Path of the program.</param>
    /// <param name="port">The port that it will listen to.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="path">Where to post to.</param>
    /// <param name="body">What to post.</param>
    /// <param name="key">The API key; null for none.</param>
    /// <param name="linger">How long the process goes on after that.</param>
    /// <returns>The time, and the process's memory by then in MB.</returns>
    public static async Task<(TimeSpan Time, long Megabytes)> MeasureAsync(
        string program, int port, IEnumerable<(string Name, string Value)> environment, string path, string body, string? key, TimeSpan linger = default)
    {
        using var http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        if (key is not null)
            http.DefaultRequestHeaders.Add("x-functions-key", key);
        var start = StartOf(program, environment);

        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            while (!await TryPostAsync(http, path, body))
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                    throw new InvalidOperationException($"{program} does not answer.");
            }

            var time = Stopwatch.GetElapsedTime(began);
            process.Refresh();
            await Task.Delay(linger);
            return (time, process.WorkingSet64 / 1024 / 1024);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Runs a command of a program and gives the one line that it writes.</summary>
    /// <param name="program">Path of the program.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="command">The command.</param>
    public static async Task<string> ReadLineAsync(
        string program, IEnumerable<(string Name, string Value)> environment, params IEnumerable<string> command)
    {
        var start = StartOf(program, environment);
        foreach (var word in command)
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var line = (await process.StandardOutput.ReadToEndAsync()).Trim();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? line : throw new InvalidOperationException($"{program} failed.");
    }

    private static ProcessStartInfo StartOf(string program, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = Path.GetDirectoryName(program)!, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    private static async Task<bool> TryPostAsync(HttpClient http, string path, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content);
            await response.Content.ReadAsByteArrayAsync();
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException refused) when (refused.InnerException is SocketException)
        {
            await Task.Delay(1);
            return false;
        }
    }
}
