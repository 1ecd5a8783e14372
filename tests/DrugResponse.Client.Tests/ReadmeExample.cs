using DrugResponse.Contracts.Batches;
using DrugResponse.Contracts.Predictions;
using Microsoft.Extensions.DependencyInjection;

namespace DrugResponse.Client.Tests;

/// <summary>The examples of the README, so that they compile. <see cref="ReadmeTests"/> holds the two against each other.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync(IAsyncEnumerable<CohortRow> rows)
    {
        // README
        var services = new ServiceCollection();
        services.AddDrugResponseClient(options =>
        {
            options.BaseAddress = new Uri("http://localhost:7071");
            options.ApiKey = Environment.GetEnvironmentVariable("DRUGRESPONSE_KEY");
        });
        var api = services.BuildServiceProvider().GetRequiredService<IDrugResponseApi>();

        var prediction = await api.PredictPatientAsync(new PredictionRequest
        {
            Patient = new Patient { Id = "MRN-0042", AgeYears = 65 },
            Genotype = new Genotype { Diplotypes = new Dictionary<string, IReadOnlyList<string>> { ["CYP2C19"] = ["*1/*2"] } },
            Candidates = ["clopidogrel"],
        });
        Console.WriteLine($"{prediction.Drugs[0].Response?.Probability:P0}");

        var batch = await api.SubmitBatchAsync(rows, new BatchSubmission { Candidates = ["clopidogrel"], IdempotencyKey = "arm-A" });
        await api.WaitForBatchAsync(batch.BatchId, new Progress<BatchStatus>(status => Console.WriteLine($"{status.Rows.Done} rows")));
        await foreach (var result in api.GetBatchResultsAsync(batch.BatchId))
            Console.WriteLine($"{result.RowId}: {result.Prediction.Drugs[0].Response?.Probability:P0}");
        // end
    }
}
