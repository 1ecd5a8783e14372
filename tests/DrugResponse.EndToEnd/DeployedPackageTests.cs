using System.Text.Json;
using DrugResponse.Contracts.Predictions;
using DrugResponse.EndToEnd.Processes;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;

namespace DrugResponse.EndToEnd;

/// <summary>Exactly the files that go to Azure, started as the Functions host starts them.</summary>
public sealed class DeployedPackageTests(DeployedPackage package) : IClassFixture<DeployedPackage>
{
    private static readonly string[] NotForDeployment = ["local.settings.json", "*.xml", "appsettings*.json"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predicts_behind_the_functions_host()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await PublishedModels.UploadAsync(emulator.ConnectionString);
        await using var host = await FunctionsHostStandIn.StartInAsync(package.AppFolder, ProductionSettings.For(emulator.ConnectionString));
        var api = host.Connect(HttpForwarding.Proxy, await Command.CreateKeyAsync(emulator.ConnectionString));
        var request = new PredictionRequest
        {
            Patient = new Patient { Id = "MRN-package", AgeYears = 65 },
            Genotype = new Genotype { Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C9"] = ["*1/*3"] } },
            Candidates = ["warfarin"],
        };

        await Eventually.TrueAsync(async () => (await api.GetReadyHealthAsync(Cancellation)).Status == "ready", "the package is ready");
        var prediction = await api.PredictPatientAsync(request, cancellationToken: Cancellation);

        Assert.NotNull(prediction.Drugs[0].Dose);
        Assert.Equal(prediction.PatientKey, await api.FindPatientAsync("MRN-package", Cancellation));
        Assert.Empty(host.App.Errors);
    }

    [Fact]
    public void Brings_its_runtime_and_a_program_that_may_be_executed()
    {
        using var hostJson = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(package.AppFolder, "host.json")));
        var executable = hostJson.RootElement.GetProperty("customHandler").GetProperty("description").GetProperty("defaultExecutablePath").GetString()!;

        if (!OperatingSystem.IsWindows())
            Assert.True(File.GetUnixFileMode(Path.Combine(package.AppFolder, executable)).HasFlag(UnixFileMode.UserExecute | UnixFileMode.OtherExecute));
        Assert.True(File.Exists(Path.Combine(package.AppFolder, "libcoreclr.so")));
    }

    [Fact]
    public void Has_every_function_and_nothing_that_stays_at_home()
    {
        Assert.Equal(Functions(AppProcess.AppFolder), Functions(package.AppFolder));
        Assert.All(NotForDeployment, pattern => Assert.Empty(Directory.GetFiles(package.AppFolder, pattern, SearchOption.AllDirectories)));
    }

    private static IEnumerable<string> Functions(string folder) => Directory.EnumerateFiles(folder, "function.json", SearchOption.AllDirectories)
        .Select(file => $"{Path.GetRelativePath(folder, file)}: {File.ReadAllText(file)}")
        .Order(StringComparer.Ordinal);
}
