using System.Text.Json;
using DrugResponse.Client;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Predictions;
using DrugResponse.EndToEnd.Processes;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;

namespace DrugResponse.EndToEnd;

/// <summary>The main job through the built app as the Functions host drives it: models from blobs, a prediction over HTTP and queue, kept
/// in tables.</summary>
public sealed class PredictionTests
{
    private const string PatientId = "MRN-end-to-end";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly PredictionRequest Request = new()
    {
        Patient = new Patient { Id = PatientId, AgeYears = 65, Sex = "female", WeightKg = 71.5, HeightCm = 165, Ancestry = "European" },
        Genotype = new Genotype
        {
            Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C9"] = ["*1/*3"] },
            Variants = new Dictionary<string, string> { ["rs9923231"] = "C/T" },
        },
        Medications = [new Medication { Drug = "amiodarone" }],
        Candidates = ["warfarin"],
    };

    [Theory]
    [InlineData(HttpForwarding.Proxy)]
    [InlineData(HttpForwarding.Forward)]
    public async Task Prediction_over_http_and_queue_survives_the_end_of_the_process(HttpForwarding forwarding)
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await using var host = await FunctionsHostStandIn.StartAsync(ProductionSettings.For(emulator.ConnectionString));
        await PublishedModels.UploadAsync(emulator.ConnectionString);
        var api = host.Connect(forwarding, await Command.CreateKeyAsync(emulator.ConnectionString));
        await ReadyAsync(api);

        var posted = await api.PredictPatientAsync(Request, cancellationToken: Cancellation);
        var queued = JsonSerializer.SerializeToUtf8Bytes(
            Request with { RequestId = "over-queue" }, ContractsJsonContext.Wire.PredictionRequest);
        var verdicts = new List<InvocationVerdict>
        {
            await host.InvokeAsync("ScoreQueuedPatient", "message", queued, PayloadForm.Binary),
            await host.InvokeAsync("ScoreQueuedPatient", "message", queued, PayloadForm.Binary, dequeueCount: 2),
        };
        await host.RestartHandlerAsync();
        await ReadyAsync(api);

        Assert.All(verdicts, verdict => Assert.Equal(InvocationVerdict.Succeeded, verdict));
        var dose = posted.Drugs[0].Dose!;
        Assert.InRange(dose.Value, dose.Interval.Low, dose.Interval.High);
        Assert.Equal(Write(posted), Write(await api.GetPredictionAsync(posted.PredictionId, Cancellation)));
        var patientKey = await api.FindPatientAsync(PatientId, Cancellation);
        Assert.Equal(2, (await api.ListPatientPredictionsAsync(patientKey!, cancellationToken: Cancellation)).Predictions.Count);
    }

    private static string Write(PredictionResponse response) =>
        JsonSerializer.Serialize(response, ContractsJsonContext.Wire.PredictionResponse);

    private static Task ReadyAsync(IDrugResponseApi api) => Eventually.TrueAsync(
        async () => (await api.GetReadyHealthAsync(Cancellation)).Status == "ready", "the app is ready");
}
