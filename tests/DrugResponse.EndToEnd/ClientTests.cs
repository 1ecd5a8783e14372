using System.Net;
using System.Text.Json;
using DrugResponse.Client;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Access;
using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Patients;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Problems;
using DrugResponse.EndToEnd.Processes;
using DrugResponse.Storage.Development;
using DrugResponse.Testing;

namespace DrugResponse.EndToEnd;

/// <summary>Every operation of the client against the running app.</summary>
public sealed class ClientTests
{
    private const string PatientId = "MRN-client";

    private static readonly PredictionRequest Request = new()
    {
        Patient = new Patient { Id = PatientId, AgeYears = 65, Sex = "female", WeightKg = 71.5, Ancestry = "European" },
        Genotype = new Genotype
        {
            Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C9"] = ["*1/*3"], ["CYP2C19"] = ["*1/*2"] },
            Variants = new Dictionary<string, string> { ["rs9923231"] = "C/T" },
        },
        Medications = [new Medication { Drug = "amiodarone", Started = new DateOnly(2026, 10, 1) }],
        Conditions = [],
        Candidates = ["warfarin", "clopidogrel"],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_is_understood_both_ways()
    {
        await using var emulator = await AzuriteEmulator.StartAsync(new AzuriteOptions(), Cancellation);
        await PublishedModels.UploadAsync(emulator.ConnectionString);
        await using var app = await StandaloneApp.StartAsync(ProductionSettings.For(emulator.ConnectionString));
        var api = app.Connect(await Command.CreateKeyAsync(emulator.ConnectionString, "pharmacy,sponsor,data-scientist,admin"));
        await ReadyAsync(api);

        await PredictAndReadAsync(api);
        await ReadKnowledgeAsync(api);
        await RunBatchAsync(api);
        await QueueAsync(api);
        await RotateKeysAsync(api, app);
        await LookAfterPatientAsync(api);
    }

    private static async Task ReadyAsync(IDrugResponseApi api)
    {
        Assert.Equal("alive", (await api.GetLiveHealthAsync(Cancellation)).Status);
        await Eventually.TrueAsync(async () => (await api.GetReadyHealthAsync(Cancellation)).Status == "ready", "the app is ready");
    }

    private static async Task PredictAndReadAsync(IDrugResponseApi api)
    {
        var prediction = await api.PredictPatientAsync(Request, "key-1", Cancellation);
        var again = await api.PredictPatientAsync(Request, "key-1", Cancellation);
        var read = await api.GetPredictionAsync(prediction.PredictionId, Cancellation);
        var patientKey = await api.FindPatientAsync(PatientId, Cancellation);
        var list = await api.ListPatientPredictionsAsync(patientKey!, cancellationToken: Cancellation);
        var translation = await api.TranslateGenotypeAsync(Request, allCalls: true, Cancellation);

        Assert.Equal(["warfarin", "clopidogrel"], prediction.Drugs.Select(static drug => drug.Drug));
        Assert.NotNull(prediction.Drugs[0].Dose);
        Assert.Equal(prediction.PredictionId, again.PredictionId);
        Assert.Equal(prediction.CreatedAt, read.CreatedAt);
        Assert.Equal(prediction.PatientKey, patientKey);
        Assert.Equal(prediction.PredictionId, Assert.Single(list.Predictions).PredictionId);
        Assert.Contains(translation.Phenotypes, static gene => gene is { Gene: "CYP2C9", Phenotype: "Intermediate Metabolizer" });
        Assert.Null(await api.FindPatientAsync("MRN-unknown", Cancellation));
        var refusal = await Assert.ThrowsAsync<DrugResponseApiException>(() =>
            api.PredictPatientAsync(Request with { Patient = new Patient { WeightKg = -1 } }, cancellationToken: Cancellation));
        Assert.Contains("/patient/weightKg", refusal.Problem!.Errors!.Keys);
    }

    private static async Task ReadKnowledgeAsync(IDrugResponseApi api)
    {
        var models = await api.ListModelsAsync(Cancellation);
        var model = await api.GetModelAsync("warfarin", "dose", Cancellation);

        Assert.Contains(models.Models, one => one.Drug == "warfarin" && one.Sha256 == model.Sha256);
        Assert.NotEmpty(model.ShapeFunctions);
        Assert.Contains((await api.ListGenesAsync(Cancellation)).Genes, static gene => gene.Gene == "CYP2C9");
        Assert.Contains((await api.ListDrugsAsync(Cancellation)).Drugs, static drug => drug is { Drug: "warfarin", HasModel: true });
        Assert.Contains((await api.ListFeaturesAsync(Cancellation)).Features, static feature => feature.Name == "ageYears");
    }

    private static async Task RunBatchAsync(IDrugResponseApi api)
    {
        var rows = Enumerable.Range(1, 50)
            .Select(static number => new CohortRow($"S-{number}", number == 7 ? Request with { Patient = new Patient { AgeYears = -1 } } : Request))
            .ToAsyncEnumerable();
        var submission = new BatchSubmission { Name = "arm-A", Candidates = ["codeine"] };

        var submitted = await api.SubmitBatchAsync(rows, submission, Cancellation);
        var status = await api.WaitForBatchAsync(submitted.BatchId, cancellationToken: Cancellation);
        var results = await api.GetBatchResultsAsync(submitted.BatchId, cancellationToken: Cancellation).ToListAsync(Cancellation);
        var errors = await api.GetBatchErrorsAsync(submitted.BatchId, cancellationToken: Cancellation).ToListAsync(Cancellation);
        var summary = await api.GetBatchSummaryAsync(submitted.BatchId, Cancellation);

        Assert.Equal((BatchStates.CompletedWithErrors, 50L, 1L), (status.State, status.Rows.Done, status.Rows.Failed));
        Assert.Equal(49, results.Count);
        Assert.Equal("S-50", results[^1].RowId);
        Assert.Equal(["warfarin", "clopidogrel", "codeine"], results[0].Prediction.Drugs.Select(static drug => drug.Drug));
        Assert.Equal("S-7", Assert.Single(errors).RowId);
        Assert.Equal(49, summary.Cohort.Rows);
        Assert.Equal(submitted.BatchId, Assert.Single((await api.ListBatchesAsync(cancellationToken: Cancellation)).Batches).BatchId);
        Assert.Equal(status.State, (await api.CancelBatchAsync(submitted.BatchId, Cancellation)).State);
        await UploadAsync(api);
        await UploadAndDownloadAsync(api);
    }

    private static async Task QueueAsync(IDrugResponseApi api)
    {
        var queued = await api.QueuePredictionAsync(Request, "queued-1", Cancellation);
        var prediction = await api.WaitForPredictionAsync(queued.PredictionId, cancellationToken: Cancellation);
        var again = await api.QueuePredictionAsync(Request, "queued-1", Cancellation);

        Assert.Equal((queued.PredictionId, queued.PatientKey), (prediction.PredictionId, prediction.PatientKey));
        Assert.Equal(queued, again);
    }

    private static async Task RotateKeysAsync(IDrugResponseApi api, StandaloneApp app)
    {
        var created = await api.CreateKeyAsync(new ApiKeyRequest { Name = "dispensary", Roles = [CallerRoles.Pharmacy] }, Cancellation);
        var rotated = await api.RotateKeyAsync(created.KeyId, TimeSpan.FromHours(1), Cancellation);
        var pharmacy = app.Connect(rotated.Key);

        Assert.NotEmpty((await pharmacy.ListGenesAsync(Cancellation)).Genes);
        var refusal = await Assert.ThrowsAsync<DrugResponseApiException>(() => pharmacy.ListKeysAsync(Cancellation));
        Assert.Equal((HttpStatusCode.Forbidden, ProblemTypes.Forbidden), (refusal.StatusCode, refusal.Problem!.Type));
        await api.RevokeKeyAsync(rotated.KeyId, Cancellation);
        var keys = (await api.ListKeysAsync(Cancellation)).Keys.ToDictionary(static key => key.KeyId);
        Assert.Equal(rotated.KeyId, keys[created.KeyId].ReplacedBy);
        Assert.NotNull(keys[rotated.KeyId].RevokedAt);
    }

    private static async Task LookAfterPatientAsync(IDrugResponseApi api)
    {
        var patientKey = await api.EnterPatientAsync(PatientId, Cancellation);
        var consent = new PatientConsentRequest { Scoring = ConsentStates.Objected, Reference = "form 17" };
        Assert.Equal(ConsentStates.NotRecorded, (await api.GetConsentAsync(patientKey, Cancellation)).Scoring);
        Assert.Equal("form 17", (await api.PutConsentAsync(patientKey, consent, Cancellation)).Reference);
        var refusal = await Assert.ThrowsAsync<DrugResponseApiException>(() => api.PredictPatientAsync(Request, cancellationToken: Cancellation));
        Assert.Equal(ProblemTypes.Objection, refusal.Problem!.Type);

        using var file = new MemoryStream();
        await api.ExportPatientAsync(patientKey, file, Cancellation);
        var export = JsonSerializer.Deserialize(file.ToArray(), ContractsJsonContext.Wire.ExportedPatient)!;
        Assert.Equal(2, export.Predictions.Count);
        Assert.NotEmpty(export.BatchRows);
        var entries = (await api.ListAuditAsync(patientKey: patientKey, cancellationToken: Cancellation)).Entries;
        Assert.Contains(entries, static entry => entry is { Action: "ExportPatient", Outcome: "begun" });
        Assert.True((await api.VerifyAuditAsync(cancellationToken: Cancellation)).Intact);
        Assert.Equal(1, (await api.ReportPseudonymsAsync(Cancellation)).Patients);

        var erasure = await api.ErasePatientAsync(patientKey, Cancellation);
        Assert.Equal((2L, patientKey), (erasure.Predictions, erasure.PatientKey));
        Assert.Equal(erasure.RequestedAt, (await api.GetErasureAsync(patientKey, Cancellation)).RequestedAt);
        Assert.Null(await api.FindPatientAsync(PatientId, Cancellation));
    }

    private static async Task UploadAsync(IDrugResponseApi api)
    {
        var upload = await api.CreateBatchUploadAsync(Cancellation);
        using var http = new HttpClient();
        using var blob = new StringContent("""[{ "genotype": { "diplotypes": { "CYP2C19": "*2/*2" } }, "candidates": ["clopidogrel"] }]""");
        blob.Headers.Add("x-ms-blob-type", "BlockBlob");
        using var put = await http.PutAsync(new Uri(upload.Address), blob, Cancellation);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);

        var batch = await api.SubmitUploadAsync(upload.UploadId, BatchFormats.Json, new BatchSubmission(), Cancellation);
        var status = await api.WaitForBatchAsync(batch.BatchId, cancellationToken: Cancellation);

        Assert.Equal((BatchStates.Completed, 1L), (status.State, status.Rows.Total));
    }

    private static async Task UploadAndDownloadAsync(IDrugResponseApi api)
    {
        var folder = Directory.CreateTempSubdirectory("client-test-");
        var (rows, results, errors) = (
            Path.Combine(folder.FullName, "rows"), Path.Combine(folder.FullName, "results"), Path.Combine(folder.FullName, "errors"));
        await File.WriteAllTextAsync(rows, "rowId,patient.ageYears,candidates\nA,65,warfarin\nB,old,warfarin\n", Cancellation);

        var batch = await api.SubmitBatchAsync(
            CohortInput.OfFile(rows, BatchFormats.Csv) with { UploadAbove = 0 }, new BatchSubmission(), Cancellation);
        await api.WaitForBatchAsync(batch.BatchId, cancellationToken: Cancellation);
        await api.DownloadBatchResultsAsync(batch.BatchId, results, BatchFormats.NdJson, cancellationToken: Cancellation);
        await api.DownloadBatchErrorsAsync(batch.BatchId, errors, BatchFormats.Csv, cancellationToken: Cancellation);
        using var opened = new StreamReader(await api.OpenBatchErrorsAsync(batch.BatchId, BatchFormats.Csv, cancellationToken: Cancellation));

        var result = JsonSerializer.Deserialize(
            Assert.Single(await File.ReadAllLinesAsync(results, Cancellation)), ContractsJsonContext.Wire.BatchResultLine)!;
        var faulty = await File.ReadAllTextAsync(errors, Cancellation);
        Assert.Equal("A", result.RowId);
        Assert.Contains("B,3,/patient/ageYears", faulty, StringComparison.Ordinal);
        Assert.Equal(faulty, await opened.ReadToEndAsync(Cancellation));
        folder.Delete(recursive: true);
    }
}
