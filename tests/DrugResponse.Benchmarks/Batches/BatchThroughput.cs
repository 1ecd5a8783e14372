using System.Globalization;
using System.Reflection;
using DrugResponse.Storage.Development;

namespace DrugResponse.Benchmarks.Batches;

/// <summary>
/// Carries cohorts out with the built app against an emulator that holds nothing else, and tells the time beside the one that a bare client
/// needs for the same rows: <c>-- batches 10000 100000</c>, further <c>Section:Key=value</c> arguments are settings of the app.
/// </summary>
internal static class BatchThroughput
{
    /// <summary>Rows before the clock starts: by then the app's code is compiled.</summary>
    private const int WarmUpRows = 10_000;

    private static readonly int[] Concurrencies = [1, 2, 4, 8];

    /// <summary>Runs the comparison for each number of rows.</summary>
    public static async Task RunAsync(string[] args)
    {
        foreach (var rows in args.Where(static arg => int.TryParse(arg, out _)).Select(static arg => int.Parse(arg, CultureInfo.InvariantCulture)))
            await RunAsync(rows, [.. args.Where(static arg => arg.Contains('=', StringComparison.Ordinal))]);
    }

    private static async Task RunAsync(int rows, IReadOnlyList<string> settings)
    {
        var cohort = CohortFile.Write(rows);
        IReadOnlyList<byte[]> transactions;
        TimeSpan completed, work;
        await using (var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions()))
        {
            await using var app = await AppUnderTest.StartAsync(Program(), emulator.ConnectionString, settings);
            await app.RunAsync(CohortFile.Write(WarmUpRows));
            await new DrugResponse.Storage.Tables.TableClient(emulator.ConnectionString, "batchresults").DeleteAsync();
            await new DrugResponse.Storage.Tables.TableClient(emulator.ConnectionString, "batchresults").CreateIfNotExistsAsync();
            var (before, processor, storage) = (app.Memory().Now, app.ProcessorTime(), ProcessorTime.OfEmulators());
            (var accepted, completed) = await app.RunAsync(cohort);
            Write($"{rows} rows of {cohort.Length / rows} bytes: accepted after {accepted.TotalSeconds:0.00} s, completed after {completed.TotalSeconds:0.00} s: {rows / completed.TotalSeconds:0} rows/s");
            (processor, storage) = (app.ProcessorTime() - processor, ProcessorTime.OfEmulators() - storage);
            work = processor + storage;
            Write($"  processor time a row: {processor.TotalMicroseconds / rows:0} us of the app, {storage.TotalMicroseconds / rows:0} us of storage");
            Write($"  memory {before} MB before, {app.Memory().Now} MB after, {app.Memory().Peak} MB at most");
            transactions = await BareWriter.ReadTransactionsAsync(emulator.ConnectionString);
        }

        var (best, least) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        foreach (var concurrency in Concurrencies)
        {
            var (time, processor) = await BareWriter.WriteAsync(transactions, concurrency);
            Write($"  bare client, {concurrency} at once: {time.TotalSeconds:0.00} s, {rows / time.TotalSeconds:0} rows/s of {transactions.Sum(static body => (long)body.Length) / rows} bytes, {processor.TotalMicroseconds / rows:0} us a row with storage");
            (best, least) = (time < best ? time : best, processor < least ? processor : least);
        }

        Write($"  ratio of times {completed / best:0.00}, of processor times {work / least:0.00}");
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static string Program() => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(static entry => entry.Key == "AppFolder").Value!,
        "DrugResponse.Functions"));
}
