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
        TimeSpan completed;
        await using (var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions()))
        {
            await using var app = await AppUnderTest.StartAsync(Program(), emulator.ConnectionString, settings);
            await app.RunAsync(CohortFile.Write(2000));
            await new DrugResponse.Storage.Tables.TableClient(emulator.ConnectionString, "batchresults").DeleteAsync();
            await new DrugResponse.Storage.Tables.TableClient(emulator.ConnectionString, "batchresults").CreateIfNotExistsAsync();
            var (before, processor) = (app.Memory().Now, app.ProcessorTime());
            (var accepted, completed) = await app.RunAsync(cohort);
            Write($"{rows} rows of {cohort.Length / rows} bytes: accepted after {accepted.TotalSeconds:0.00} s, completed after {completed.TotalSeconds:0.00} s: {rows / completed.TotalSeconds:0} rows/s");
            Write($"  processor time of the app {(app.ProcessorTime() - processor).TotalMicroseconds / rows:0} us a row; memory {before} MB before, {app.Memory().Now} MB after, {app.Memory().Peak} MB at most");
            transactions = await BareWriter.ReadTransactionsAsync(emulator.ConnectionString);
        }

        var best = TimeSpan.MaxValue;
        foreach (var concurrency in Concurrencies)
        {
            var time = await BareWriter.WriteAsync(transactions, concurrency);
            Write($"  bare client, {concurrency} at once: {time.TotalSeconds:0.00} s, {rows / time.TotalSeconds:0} rows/s of {transactions.Sum(static body => (long)body.Length) / rows} bytes");
            best = time < best ? time : best;
        }

        Write($"  ratio {completed / best:0.00}");
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static string Program() => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(static entry => entry.Key == "AppFolder").Value!,
        "DrugResponse.Functions"));
}
