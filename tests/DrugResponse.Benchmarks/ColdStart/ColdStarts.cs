using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography;
using DrugResponse.Storage;
using DrugResponse.Storage.Development;
using DrugResponse.Storage.Models;

namespace DrugResponse.Benchmarks.ColdStart;

/// <summary>
/// How long a fresh process of the deployed package takes to its first prediction, models from blob, beside an ASP.NET Core app that does
/// nothing: <c>-- cold-start [runs]</c>. The two take turns, so that whatever else the machine does falls on both.
/// </summary>
internal static class ColdStarts
{
    private const string Prediction = """
        {"patient":{"id":"MRN-0042","ageYears":65,"sex":"female","weightKg":71.5,"heightCm":165},
         "genotype":{"diplotypes":{"CYP2C9":"*1/*3"},"variants":{"rs9923231":"C/T"}},"medications":[],"candidates":["warfarin"]}
        """;

    /// <summary>Measures and writes a table.</summary>
    /// <param name="arguments">The number of runs, at least 10.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var runs = arguments is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 20;
        var folder = Directory.CreateTempSubdirectory("drugresponse-cold-start-");
        try
        {
            var app = await Publication.PublishAppAsync(Repository, folder.FullName);
            var empty = await Publication.PublishEmptyAsync(folder.FullName);
            await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions());
            using var settings = new ProductionSettings(emulator.ConnectionString);
            await UploadModelsAsync(emulator.ConnectionString, settings);
            var key = await FreshProcess.ReadLineAsync(
                app, settings.Environment, "keys", "create", "--tenant", "cold-start", "--roles", "pharmacy", "--name", "cold start");
            // The first process leaves the bundle of models; a deployment has that behind it.
            await MeasureAppAsync(app, settings, key, TimeSpan.FromSeconds(10));

            var (ours, theirs) = (new List<double>(), new List<double>());
            var memory = 0L;
            for (var run = 0; run < runs; run++)
            {
                theirs.Add((await MeasureEmptyAsync(empty)).TotalMilliseconds);
                var (time, megabytes) = await MeasureAppAsync(app, settings, key);
                ours.Add(time.TotalMilliseconds);
                memory = Math.Max(memory, megabytes);
            }

            Write(ours, theirs, memory, folder.FullName, app);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Repository { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        typeof(ColdStarts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static item => item.Key == nameof(Repository)).Value!));

    private static async Task<TimeSpan> MeasureEmptyAsync(string program)
    {
        var port = FindFreePort();
        return (await FreshProcess.MeasureAsync(
            program, port, [("ASPNETCORE_URLS", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"))], "/", "{}", key: null)).Time;
    }

    private static async Task<(TimeSpan Time, long Megabytes)> MeasureAppAsync(
        string program, ProductionSettings settings, string key, TimeSpan linger = default)
    {
        var port = FindFreePort();
        (string, string)[] environment =
            [.. settings.Environment, ("FUNCTIONS_CUSTOMHANDLER_PORT", port.ToString(CultureInfo.InvariantCulture))];
        return await FreshProcess.MeasureAsync(program, port, environment, "/api/v1/predictions", Prediction, key, linger);
    }

    private static async Task UploadModelsAsync(string connectionString, ProductionSettings settings)
    {
        var connection = new StorageConnection(new StorageOptions { ConnectionString = connectionString });
        await StorageSchema.EnsureCreatedAsync(connection);
        var blobs = new ModelBlobStore(connection.Blobs);
        var models = Path.Combine(Repository, "models");
        var files = Directory.EnumerateFiles(models, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".zip" or ".json" && !file.StartsWith(Path.Combine(models, "training"), StringComparison.Ordinal));
        foreach (var file in files)
        {
            await using var content = File.OpenRead(file);
            await blobs.UploadAsync(
                Path.GetRelativePath(models, file).Replace(Path.DirectorySeparatorChar, '/'), await BinaryData.FromStreamAsync(content), default);
        }

        var registry = await File.ReadAllBytesAsync(Path.Combine(models, ModelBlobStore.RegistryPath));
        await blobs.UploadAsync($"signatures/{Convert.ToHexStringLower(SHA256.HashData(registry))}.sig", settings.Sign(registry), default);
    }

    private static void Write(List<double> ours, List<double> theirs, long memory, string folder, string app)
    {
        var size = Directory.EnumerateFiles(Path.GetDirectoryName(app)!, "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length);
        var zip = new FileInfo(Publication.PackageIn(folder)).Length;
        Console.WriteLine(FormattableString.Invariant($"Fresh processes of each:        {ours.Count}"));
        Console.WriteLine(FormattableString.Invariant($"Empty app, first answer:        median {Median(theirs):F0} ms ({theirs.Min():F0} to {theirs.Max():F0})"));
        Console.WriteLine(FormattableString.Invariant($"DrugResponse, first prediction: median {Median(ours):F0} ms ({ours.Min():F0} to {ours.Max():F0})"));
        Console.WriteLine(FormattableString.Invariant($"Ratio of the medians:           {Median(ours) / Median(theirs):F2}"));
        Console.WriteLine(FormattableString.Invariant($"Memory at the first prediction: {memory} MB"));
        Console.WriteLine(FormattableString.Invariant($"Folder {size / 1e6:F1} MB, package {zip / 1e6:F1} MB"));
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static int FindFreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
