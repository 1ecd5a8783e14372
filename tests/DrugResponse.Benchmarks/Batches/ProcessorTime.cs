using System.Diagnostics;
using System.Globalization;

namespace DrugResponse.Benchmarks.Batches;

/// <summary>Processor time, which tells of the work even where other programs take their share of the machine.</summary>
internal static class ProcessorTime
{
    private const int TicksPerSecond = 100;

    /// <summary>What the emulators that this process started and that still run have used.</summary>
    public static TimeSpan OfEmulators() => TimeSpan.FromSeconds(
        Process.GetProcessesByName("node").Select(static process => Stat(process.Id)).Where(static stat => stat.Parent == Environment.ProcessId)
            .Sum(static stat => stat.Ticks) / (double)TicksPerSecond);

    /// <summary>What this process has used.</summary>
    public static TimeSpan OfThisProcess() => Environment.CpuUsage.TotalTime;

    // "pid (name) state parent …", with user and system time as the 14th and 15th of all fields.
    private static (int Parent, long Ticks) Stat(int process)
    {
        var fields = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat")).Split(") ")[^1].Split(' ');
        return (Number(1), Number(11) + Number(12));

        int Number(int index) => int.Parse(fields[index], CultureInfo.InvariantCulture);
    }
}
